//! Recognises the addresses that a link may lead to from a terminal.
//!
//! The addresses that an article names are opened by programs that do much more than show pages (`ssh:`, `file:`,
//! `vscode:`), and a terminal that finds a sequence too long prints the rest of it. So only pages
//! and mail are linked to, and only by an address that is whole, short and plain.

use crate::source::sanitize;

/// Bytes of an address at the most, as it is sent to a terminal.
const MAX_ADDRESS_BYTES: usize = 2000;

/// Returns whether a link may lead to an address: `http`, `https` or `mailto`, not relative, with
/// nothing in it that is not seen.
///
/// ```
/// use jingdu::document::web_link::is_safe;
/// assert!(is_safe("https://a.cn/政") && is_safe("mailto:a@b.cn"));
/// assert!(!is_safe("java\tscript:x") && !is_safe("file:///etc/passwd") && !is_safe("a.html"));
/// ```
pub fn is_safe(address: &str) -> bool {
    let is_odd = |c: char| c.is_whitespace() || c.is_control() || sanitize::is_hostile(c);
    if sent_bytes(address) > MAX_ADDRESS_BYTES || address.contains(is_odd) {
        return false;
    }
    let Some((scheme, rest)) = address.split_once(':') else {
        return false;
    };
    match scheme.to_ascii_lowercase().as_str() {
        "http" | "https" => {
            let host = rest.strip_prefix("//");
            host.is_some_and(|host| host.starts_with(|c: char| c.is_alphanumeric() || c == '['))
        }
        "mailto" => rest.contains('@'),
        _ => false,
    }
}

/// Returns the bytes of an address where each that is not of ASCII is written as `%XX`.
fn sent_bytes(address: &str) -> usize {
    let of_byte = |b: u8| if b.is_ascii() { 1 } else { 3 };
    address.bytes().map(of_byte).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_and_mail_are_linked_to() {
        let long = format!("https://a.cn/{}", "a".repeat(1900));
        for address in [
            "http://a.cn",
            "HTTPS://A.cn/x?y=1#z",
            "https://人民网.中国/政策",
            "https://[::1]:80/",
            "mailto:a@b.cn?subject=x",
            long.as_str(),
        ] {
            assert!(is_safe(address), "{address}");
        }
    }

    #[test]
    fn nothing_else_is() {
        let long = format!("https://a.cn/{}", "a".repeat(2000));
        let long_han = format!("https://a.cn/{}", "政".repeat(300));
        for address in [
            "",
            "a.html",
            "/a",
            "//a.cn/x",
            "#top",
            "?q=1",
            "\\\\host\\share",
            "javascript:alert(1)",
            "JavaScript:alert(1)",
            "java\tscript:alert(1)",
            "java\nscript:alert(1)",
            " javascript:alert(1)",
            "\u{1}javascript:alert(1)",
            "vbscript:x",
            "data:text/html,x",
            "file:///etc/passwd",
            "ssh://-oProxyCommand=x",
            "vscode://x",
            "smb://a/b",
            "x-man-page://1",
            "ftp://a.cn",
            "http:a.cn",
            "http:/a.cn",
            "http://",
            "http:///etc",
            "http://-x",
            "http:\\\\a.cn",
            "https://a.cn/a b",
            "https://a.cn/\u{1b}]52;c;x",
            "https://a.cn/\u{202e}x",
            "https://a.cn/\u{200e}x",
            "https://a.cn/\u{3000}x",
            "ht\u{ad}tp://a.cn",
            "ｈttp://a.cn",
            "mailto:x",
            "https\u{ff1a}//a.cn",
            long.as_str(),
            long_han.as_str(),
        ] {
            assert!(!is_safe(address), "{address:?}");
        }
    }
}
