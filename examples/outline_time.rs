fn main() {
    let p = std::env::args().nth(1).unwrap();
    let n: usize = std::env::args().nth(2).unwrap().parse().unwrap();
    let b = std::fs::read(&p).unwrap();
    let s = jingdu::source::read(&b, None);
    let d = jingdu::format::parse(&s, jingdu::format::Ask { name: &p, verbatim: false });
    let t = std::time::Instant::now();
    let mut k = 0;
    for _ in 0..n {
        k += jingdu::outline::outline(&d).points.len();
    }
    println!("{} points, {} bytes, {:?} each", k / n, d.text().len(), t.elapsed() / n as u32);
}
