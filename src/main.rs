//! The program: everything is in the library.

fn main() -> std::process::ExitCode {
    jingdu::shell::main(std::env::args_os().collect())
}
