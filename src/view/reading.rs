//! The reading pane: masthead and rows of text, in the middle of their area.

use super::Role;
use super::paint::{Painter, StyledSpan};
use super::runs::{overlays, style_from};
use crate::document::{Block, BlockKind, MarkupKind};
use crate::layout::measure::GUTTER;
use crate::layout::{Measure, Row, Segment, glyphs};
use crate::session::{Area, Line, Session};
use crate::text::{Span, cluster::clusters};

/// Draws the rows that the session lists.
pub(crate) fn draw(session: &Session, p: &mut Painter<'_>) {
    let area = session.screen.text;
    let Some(measure) = session.reading.measure else {
        return;
    };
    let left = margin(area, &measure);
    let mut ticked = false;
    for (y, line) in (area.y..area.y + area.height).zip(&session.reading.window) {
        match line {
            Line::Blank => super::lists::thin_line(session, (left, y), measure.cells, p),
            Line::Mast(i) => {
                if let Some(row) = session.reading.masthead.get(*i) {
                    let role = if row.title { Role::Title } else { Role::Facts };
                    let style = p.style(role);
                    p.put(
                        left + row.indent as u16,
                        y,
                        area.x + area.width,
                        &row.text,
                        style,
                    );
                }
            }
            Line::Text {
                row,
                segment,
                first,
            } => {
                let focus =
                    session.reading.landed.is_some() && row.span.contains(session.reading.focus);
                if focus && !ticked {
                    ticked = true;
                    tick(area, left, y, p);
                }
                super::marks::margin(session, row, area, left, y, p);
                if let Some(block) = session.article.document().blocks().get(segment.block) {
                    let page = Page {
                        session,
                        block,
                        segment,
                        measure,
                        left,
                        y,
                        end: area.x + area.width,
                    };
                    page.ornament(row, *first, p);
                    page.row(row, p);
                }
            }
        }
    }
}

/// Cells left of the measure: equal margins, the odd cell and the gutter for a
/// hanging mark at the right.
fn margin(area: Area, measure: &Measure) -> u16 {
    let free = area.width.saturating_sub(measure.cells as u16);
    let gutter = if measure.hang { GUTTER as u16 } else { 0 };
    area.x + (free / 2).min(free.saturating_sub(gutter))
}

/// Shows beside the text where the last jump landed.
fn tick(area: Area, left: u16, y: u16, p: &mut Painter<'_>) {
    if left >= area.x + 2 {
        let style = p.style(Role::Tick);
        let mark = if p.is_narrow() { "▌" } else { ">" };
        p.put(left - 2, y, left, mark, style);
    }
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
        let head = self
            .session
            .article
            .document()
            .cells(self.block)
            .next()
            .is_some_and(|(_, cell)| cell.header);
        if head && row.parts.len() > 1 {
            // one line below the names of the columns
            let style = p.style(Role::TableHead);
            p.put(
                self.left,
                self.y,
                self.end,
                &" ".repeat(self.measure.cells),
                style,
            );
        }
        for part in &*row.parts {
            if let Some(name) = part.name {
                let style = p.style(Role::Note);
                let name = format!("{}：", self.session.article.document().slice(name));
                p.put(self.left, self.y, self.end, &name, style);
            }
            self.text(&part.row, self.left + part.left as u16, p);
        }
    }

    /// Draws a stretch of text in its styles, with its links.
    fn text(&self, row: &Row, x: u16, p: &mut Painter<'_>) {
        let layers = overlays(self.session, self.block, row.drawn(), p);
        let document = self.session.article.document();
        let links = document.markup_in(row.drawn()).filter_map(|m| {
            if let MarkupKind::Link(target) = &m.kind {
                Some((m.span, target))
            } else {
                None
            }
        });
        let links: Vec<(Span, &String)> = links.collect();
        self.glyphs(row, x, &layers, &links, p);
    }

    /// Draws a stretch of text cluster by cluster.
    fn glyphs(
        &self,
        row: &Row,
        mut x: u16,
        layers: &[StyledSpan],
        links: &[(Span, &String)],
        p: &mut Painter<'_>,
    ) {
        let text = self.session.article.document().text();
        let plain = p.style(Role::Text);
        let (mut style, mut until, mut before) = (plain, row.span.start, None);
        for glyph in glyphs(text, self.segment.span, row, self.measure.face) {
            if glyph.span.start >= until {
                (style, until) = style_from(layers, glyph.span.start);
            }
            // a blank inside what is marked is marked, too
            let between = if before == Some(style) { style } else { plain };
            for _ in 0..glyph.blanks {
                x = p.cell(x, self.y, self.end, " ", between).unwrap_or(x);
            }
            before = Some(style);
            let drawn = if glyph.is_replaced() {
                clusters(glyph.drawn).try_fold(x, |x, (_, cluster)| {
                    p.cell(x, self.y, self.end, cluster, style)
                })
            } else {
                p.sized(x..self.end, self.y, (glyph.drawn, glyph.cells), style)
            };
            let Some(next) = drawn.map(|next| next.max(x + glyph.cells as u16)) else {
                break;
            };
            let at = glyph.span.start;
            if let Some((_, target)) = links.iter().find(|(span, _)| span.contains(at)) {
                p.link(x, self.y, next, target);
            }
            x = next;
        }
    }

    /// Draws what a kind of block has beside its text: bullets, bars, the sign of a
    /// wrapped line, the brackets of a picture, the line between sections.
    fn ornament(&self, row: &Row, first: bool, p: &mut Painter<'_>) {
        let style = p.style(Role::Ornament);
        let (narrow, y, left) = (p.is_narrow(), self.y, self.left);
        let beside = |p: &mut Painter<'_>, mark: &str| {
            _ = p.put(
                left + row.indent.saturating_sub(2),
                y,
                left + row.indent,
                mark,
                style,
            );
        };
        match self.block.kind {
            BlockKind::Item
                if first && row.indent >= 2 && !starts_with_number(self.session, row) =>
            {
                beside(p, if narrow { "•" } else { "-" });
            }
            BlockKind::Quote if row.indent >= 2 && narrow => beside(p, "▎"),
            BlockKind::Code if row.span.start > self.block.span.start && row.indent >= 2 => {
                beside(p, if narrow { "↪" } else { ">" });
            }
            BlockKind::Image => {
                let before = 6;
                if first && row.indent >= before {
                    let sign = self
                        .session
                        .settings
                        .lang
                        .say(("〔图：", "〔pic."))
                        .to_owned();
                    p.put(
                        left + row.indent - before,
                        y,
                        left + row.indent,
                        &sign,
                        style,
                    );
                }
                if row.span.end == self.block.span.end {
                    p.put(left + row.indent + row.cells, y, self.end, "〕", style);
                }
            }
            BlockKind::Rule if first => {
                let x = left + (self.measure.cells as u16).saturating_sub(10) / 2;
                p.put(x, y, self.end, "＊　＊　＊", style);
            }
            _ => {}
        }
    }
}

/// Returns whether the item's own text begins with its number, so that it needs no
/// bullet.
fn starts_with_number(session: &Session, row: &Row) -> bool {
    session
        .article
        .document()
        .slice(row.span)
        .starts_with(|c: char| c.is_ascii_digit())
}
