//! What a terminal sends: any bytes, cut anywhere, become inputs or nothing, and
//! the same however they are cut; what never ends is given up.
#![no_main]

use jingdu::shell::terminal::decode::Decoder;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let mut whole = Decoder::default();
    let all = whole.feed(data);
    let mut bits = Decoder::default();
    let cut: Vec<_> = data.chunks(1 + data.len() % 7).flat_map(|piece| bits.feed(piece)).collect();
    assert_eq!(all, cut);
    assert_eq!(whole.give_up(), bits.give_up());
    assert!(whole.timeout().is_none());
});
