//! The reading pane: masthead and rows of text, in the middle of their area.

use super::Role;
use super::paint::Painter;
use super::runs::{overlays, style_from};
use crate::document::{Block, BlockKind, MarkupKind, web_link};
use crate::format::rules;
use crate::layout::flow::OMISSION;
use crate::layout::{Measure, Row, Segment, glyphs};
use crate::session::{Area, Line, Session};
use crate::text::Span;
use crate::text::lang::counted;

/// Draws the rows that the session lists.
pub(crate) fn draw(session: &Session, p: &mut Painter<'_>) {
    let area = session.screen.text;
    let Some(measure) = session.reading.measure else {
        return;
    };
    let (left, end) = (margin(area, &measure), area.x + area.width);
    let mut ticked = false;
    for (y, line) in (area.y..area.y + area.height).zip(&session.reading.window) {
        match line {
            Line::Blank => super::lists::thin_line(session, (left, y), measure.cells, p),
            Line::Mast(i) => {
                if let Some(row) = session.reading.masthead.get(*i) {
                    let role = if row.title { Role::Title } else { Role::Facts };
                    let columns = (left + row.indent as u16, end);
                    p.row(columns, y).put(&row.text, role);
                }
            }
            Line::Text {
                row,
                segment,
                first: is_first,
            } => {
                let focus = session.reading.landed.map(|_| session.reading.focus);
                let is_landed = !ticked && focus.is_some_and(|focus| row.span.contains(focus));
                if is_landed {
                    ticked = true;
                    tick(area, left, y, p);
                }
                let is_noted = super::marks::margin(session, row, area, (left, y), p);
                if *is_first && !is_noted {
                    number(session, segment.block, left, y, p);
                }
                if segment.folded {
                    folded(
                        session,
                        segment.block,
                        (left, left + measure.cells as u16),
                        y,
                        p,
                    );
                } else if let Some(block) = session.article.document().blocks().get(segment.block) {
                    let page = Page {
                        session,
                        block,
                        segment,
                        measure,
                        left,
                        y,
                        end,
                    };
                    page.ornament(row, *is_first, p);
                    page.row(row, p);
                }
            }
        }
    }
}

/// Draws the row of a closed fold: how many lines it has, and what they are.
fn folded(session: &Session, block: usize, columns: (u16, u16), y: u16, p: &mut Painter<'_>) {
    let Some(fold) = session.article.document().fold_of(block) else {
        return;
    };
    let lines = fold.end - fold.first;
    let kinds = fold.rules.iter().map(|rule| rules::folded_kind(rule));
    let (zh, en): (Vec<&str>, Vec<&str>) = kinds.unzip();
    let says = session.settings.lang.say_owned(
        format!("已折叠 {lines} 行：{}", zh.join("、")),
        format!("{} folded: {}", counted(&lines, "line"), en.join(", ")),
    );
    let sign = p.sign("⋯", "..");
    p.row(columns, y)
        .left(&format!("{sign} {says}"), Role::Ornament);
}

/// Returns the first column of the measure: equal margins, the odd cell and the gutter for
/// a hanging mark at the right; at the left the room for numbers.
fn margin(area: Area, measure: &Measure) -> u16 {
    let half = area.width.saturating_sub(measure.cells as u16) / 2;
    let free = measure.free(usize::from(area.width)) as u16;
    area.x + half.max(measure.numbers as u16).min(free)
}

/// Shows beside the text where the last jump landed.
fn tick(area: Area, left: u16, y: u16, p: &mut Painter<'_>) {
    if left >= area.x + 2 {
        let mark = p.sign("▌", ">");
        p.row((left - 2, left), y).put(mark, Role::Tick);
    }
}

/// Draws the number of a paragraph where there is room for numbers: two blanks before its text at
/// `left`, where a tick may stand.
fn number(session: &Session, block: usize, left: u16, y: u16, p: &mut Painter<'_>) {
    let number = session.article.document().paragraph_number(block);
    let is_numbered = session.reading.measure.is_some_and(|m| m.numbers > 0);
    let Some(number) = number.filter(|_| is_numbered) else {
        return;
    };
    let (number, end) = (number.to_string(), left.saturating_sub(2));
    p.row((end.saturating_sub(number.len() as u16), end), y)
        .put(&number, Role::Ornament);
}

/// One row of the page and its surroundings.
struct Page<'a> {
    session: &'a Session,
    block: &'a Block,
    segment: &'a Segment,
    measure: Measure,
    left: u16,
    y: u16,
    end: u16,
}

impl Page<'_> {
    /// Draws one row of text, or the cells of its table.
    fn row(&self, row: &Row, p: &mut Painter<'_>) {
        if row.parts.is_empty() {
            self.text(row, self.left + row.indent, p);
            return;
        }
        let document = self.session.article.document();
        let columns = (self.left, self.end);
        if document.is_header(self.block) && row.parts.len() > 1 {
            // one line below the names of the columns
            let line = " ".repeat(self.measure.cells);
            p.row(columns, self.y).put(&line, Role::TableHead);
        }
        for part in &*row.parts {
            if let Some(name) = part.name {
                let name = format!("{}：", document.slice(name));
                p.row(columns, self.y).put(&name, Role::Note);
            }
            self.text(&part.row, self.left + part.left as u16, p);
        }
    }

    /// Draws a stretch of text cluster by cluster in its styles, with its links.
    fn text(&self, row: &Row, x: u16, p: &mut Painter<'_>) {
        let layers = overlays(self.session, self.block, row.drawn(), p);
        let document = self.session.article.document();
        let marked = document.markup_in(row.drawn());
        let links = marked.filter_map(|m| match &m.kind {
            MarkupKind::Link(target) if web_link::is_safe(target) => Some((m.span, target)),
            _ => None,
        });
        let links: Vec<(Span, &String)> = links.collect();
        let plain = p.style(Role::Text);
        let (mut style, mut until, mut before) = (plain, row.span.start, None);
        if self.segment.cut.before && row.span.start == self.segment.span.start {
            let before = x.saturating_sub(p.widths.text(OMISSION) as u16);
            p.row((before, x), self.y).put(OMISSION, Role::Ornament);
        }
        let mut drawn = p.row((x, self.end), self.y);
        for glyph in glyphs(document.text(), self.segment.span, row, self.measure.face) {
            let at = glyph.span.start;
            if at >= until {
                (style, until) = style_from(&layers, at);
            }
            // a blank inside what is marked is marked, too
            let between = if before == Some(style) { style } else { plain };
            drawn.put_styled(&" ".repeat(glyph.blanks), between);
            before = Some(style);
            let x = drawn.x;
            let is_whole = if glyph.is_replaced() {
                drawn.put_styled(glyph.drawn, style)
            } else {
                drawn.put_cluster(glyph.drawn, glyph.cells, style)
            };
            if !is_whole {
                break;
            }
            drawn.x = drawn.x.max(x + glyph.cells as u16);
            if let Some((_, target)) = links.iter().find(|(span, _)| span.contains(at)) {
                drawn.p.link((x, drawn.x), self.y, target);
            }
        }
        if self.segment.cut.behind && row.span.end == self.segment.span.end {
            drawn.put(OMISSION, Role::Ornament);
        }
    }

    /// Draws the ornaments of a kind of block beside its text: bullets, bars, the sign of a
    /// wrapped line, the brackets of a picture, the line between sections.
    fn ornament(&self, row: &Row, is_first: bool, p: &mut Painter<'_>) {
        let text = self.left + row.indent;
        let sign = match self.block.kind {
            BlockKind::Item if is_first && !self.starts_with_number(row) => p.sign("•", "-"),
            BlockKind::Quote => p.sign("▎", ""),
            BlockKind::Code if row.span.start > self.block.span.start => p.sign("↪", ">"),
            BlockKind::Image => {
                let (before, lang) = (6, self.session.settings.lang);
                if is_first && row.indent >= before {
                    let sign = lang.say(("〔图：", "〔pic."));
                    p.row((text - before, text), self.y)
                        .put(sign, Role::Ornament);
                }
                if row.span.end == self.block.span.end {
                    let columns = (text + row.cells, self.end);
                    p.row(columns, self.y).put("〕", Role::Ornament);
                }
                return;
            }
            BlockKind::Rule if is_first => {
                let x = self.left + (self.measure.cells as u16).saturating_sub(10) / 2;
                p.row((x, self.end), self.y)
                    .put("＊　＊　＊", Role::Ornament);
                return;
            }
            _ => return,
        };
        if row.indent >= 2 {
            p.row((text - 2, text), self.y).put(sign, Role::Ornament);
        }
    }

    /// Recognises an item whose own text begins with its number, so that it needs no bullet.
    fn starts_with_number(&self, row: &Row) -> bool {
        let text = self.session.article.document().slice(row.span);
        text.starts_with(|c: char| c.is_ascii_digit())
    }
}
