//! A row of bars from Braille, which is one cell wide on every terminal: a bar takes a cell where
//! there is room, else half of one, and is four steps high, by a scale of its own.

/// The first character of Braille: no dot.
const NO_DOT: u32 = 0x2800;
/// Steps of a bar.
const STEPS: usize = 4;
/// The dots of the left and of the right bar of a cell, from the bottom.
const DOTS: [[u32; STEPS]; 2] = [[0x40, 0x04, 0x02, 0x01], [0x80, 0x20, 0x10, 0x08]];

/// Widths of a bar in half cells.
const BAR_WIDTHS: [usize; 2] = [1, 2];

/// Returns bars of some values, in `cells` cells at the most: one for each, or with too many
/// values one for several neighbours, by `merge`. A value above 0 has a dot at least.
pub(super) fn bars<T>(values: &[T], cells: usize, merge: impl Fn(&[T]) -> f64) -> String {
    let room = cells * 2;
    if room == 0 {
        return String::new();
    }
    let each = values.len().div_ceil(room).max(1);
    let [least, most] = BAR_WIDTHS;
    let width = (room / values.len().max(1)).clamp(least, most);
    let heights = values.chunks(each).map(merge);
    let heights: Vec<f64> = heights.flat_map(|height| vec![height; width]).collect();
    let highest = heights.iter().copied().fold(0.0, f64::max);
    let steps = |height: f64| {
        let over = |step: &usize| {
            let limit = f64::from(u32::try_from(*step).unwrap_or_default());
            height * 4.0 > highest * limit
        };
        (0..STEPS).take_while(over).count()
    };
    let cell = |pair: &[f64]| {
        let dots = pair.iter().zip(DOTS).map(|(height, dots)| {
            let own = dots.iter().take(steps(*height));
            own.sum::<u32>()
        });
        char::from_u32(NO_DOT + dots.sum::<u32>()).unwrap_or(' ')
    };
    heights.chunks(2).map(cell).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(values: &[f64], cells: usize) -> String {
        bars(values, cells, |some| some.iter().sum())
    }

    #[test]
    fn bars_are_two_a_cell_and_merge_where_there_is_no_room() {
        assert_eq!(drawn(&[0.0, 1.0, 4.0, 2.0, 3.0], 4), "⢀⣧⡆");
        assert_eq!(drawn(&[0.1, 9.0], 1), "⣸");
        // a cell each
        assert_eq!(drawn(&[1.0, 4.0], 2), "⣀⣿");
        // four neighbours a bar
        assert_eq!(drawn(&[1.0, 0.0, 1.0, 0.0, 2.0, 2.0, 0.0, 0.0], 1), "⣼");
        assert_eq!(
            (drawn(&[0.0; 4], 2), drawn(&[1.0], 0)),
            ("⠀⠀".into(), String::new())
        );
    }
}
