//! Merges an export into the file that an earlier one wrote, so that what the reader added or
//! changed there stays.
//!
//! 1. An [`Export`] is front matter and [`Piece`]s: the title, headings, marks.
//! 2. [`Export::text`] ends with a comment, the seal: the name, the number of paragraphs and a
//!    hash of each piece.
//! 3. [`Export::merged`] finds the pieces again in the file, byte for byte. Only these are
//!    replaced or removed. All else is the reader's and stays where it is; new pieces go behind
//!    the one that they follow and what the reader wrote below that.
//!
//! Knows no file and no mark.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::ops::Range;
use twox_hash::XxHash3_128;

/// The first word of the seal.
const SEAL: &str = "<!-- jingdu ";
const SEAL_END: &str = "-->";
const FENCE: &str = "---\n";
/// The key of the front matter that has the hash of the article.
const ARTICLE_KEY: &str = "jingdu:";

/// A part of an export that is replaced as a whole.
#[derive(Clone, Debug)]
pub(crate) struct Piece {
    /// Its name, the same in every export.
    pub key: String,
    /// Its Markdown: paragraphs, without blank lines at its ends.
    pub text: String,
    /// It is a mark, whose name no other article has.
    pub is_mark: bool,
}

/// The contents of a file of marks.
#[derive(Clone, Debug, Default)]
pub(crate) struct Export {
    /// The hash of the article's text, in hexadecimal digits.
    pub article: String,
    /// Other lines of the front matter.
    pub facts: String,
    pub pieces: Vec<Piece>,
}

/// A file with an export merged into it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Merged {
    pub text: String,
    /// The file has something that the reader wrote.
    pub is_edited: bool,
}

/// The entry of a seal for a piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Sealed {
    key: u32,
    paragraphs: usize,
    /// The hash of the first paragraph, by which the others are looked for.
    first: u32,
    hash: u64,
}

/// A paragraph of a file: its bytes, and the end of the blank lines behind it.
#[derive(Clone, Copy, Debug)]
struct Paragraph {
    start: usize,
    end: usize,
    next: usize,
}

/// A part of a file that was read: the paragraphs of a piece, or others.
#[derive(Clone, Debug)]
struct Part {
    paragraphs: Range<usize>,
    owner: Owner,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Owner {
    Reader,
    /// A piece of the new export.
    Piece(usize),
    /// A piece of an earlier export that the new one has no longer.
    Gone,
}

/// A file that is read: its parts without line ends of another system.
#[derive(Debug, Default)]
struct Parsed {
    front: String,
    body: String,
    front_hash: Option<u64>,
    sealed: Vec<Sealed>,
}

impl Piece {
    fn sealed(&self) -> Sealed {
        let found = paragraphs(&self.text);
        let first = found.first().and_then(|p| self.text.get(p.start..p.end));
        Sealed {
            key: hash(&self.key) as u32,
            paragraphs: found.len(),
            first: hash(first.unwrap_or_default()) as u32,
            hash: hash(&self.text),
        }
    }
}

impl Export {
    /// Returns the front matter, with the hash of the article.
    pub(crate) fn front(&self) -> String {
        let (article, facts) = (&self.article, &self.facts);
        format!("{FENCE}{facts}{ARTICLE_KEY} \"{article}\"\n{FENCE}")
    }

    /// Returns the pieces as Markdown, a blank line between two.
    pub(crate) fn body(&self) -> String {
        let pieces: Vec<&str> = self.pieces.iter().map(|p| p.text.as_str()).collect();
        pieces.join("\n\n") + "\n"
    }

    /// Returns the contents of a new file.
    pub(crate) fn text(&self) -> String {
        [self.front(), self.body(), self.seal()].join("\n")
    }

    fn seal(&self) -> String {
        let mut seal = format!("{SEAL}{:016x}\n", hash(&self.front()));
        for piece in &self.pieces {
            let s = piece.sealed();
            let _ = writeln!(
                seal,
                "{:08x} {} {:08x} {:016x}",
                s.key, s.paragraphs, s.first, s.hash
            );
        }
        seal + SEAL_END + "\n"
    }

    /// Returns a file with the export merged into it; `None` where it is none of this article: it
    /// has neither its hash nor one of its marks.
    pub(crate) fn merged(&self, old: &str) -> Option<Merged> {
        let unix = old.replace("\r\n", "\n");
        let is_dos = unix.len() < old.len() && !unix.contains('\r') && {
            let ends = old.matches('\n').count();
            ends == old.len() - unix.len()
        };
        let file = Parsed::of(if is_dos { &unix } else { old });
        let marks = self.pieces.iter().filter(|piece| piece.is_mark);
        let mut marks = marks.map(|piece| piece.sealed().key);
        let is_known = |key: u32| file.sealed.iter().any(|s| s.key == key);
        if article_of(&file.front) != Some(&*self.article) && !marks.any(is_known) {
            return None;
        }
        let (body, has_own) = self.merged_body(&file);
        let front = self.merged_front(&file);
        let is_edited = has_own || front != self.front();
        let blank = if front.is_empty() || body.starts_with('\n') {
            ""
        } else {
            "\n"
        };
        let text = [&front, blank, &body, "\n", &self.seal()].concat();
        let text = if is_dos {
            text.replace('\n', "\r\n")
        } else {
            text
        };
        Some(Merged { text, is_edited })
    }

    /// Returns the front matter: the new one where nobody changed the old one, else the old one
    /// with the new hash.
    fn merged_front(&self, file: &Parsed) -> String {
        if Some(hash(&file.front)) == file.front_hash {
            return self.front();
        }
        let line = |line: &str| {
            if article_in(line).is_some() {
                format!("{ARTICLE_KEY} \"{}\"\n", self.article)
            } else {
                line.to_owned()
            }
        };
        file.front.split_inclusive('\n').map(line).collect()
    }

    /// Returns what is below the front matter, and whether the reader wrote some of it.
    fn merged_body(&self, file: &Parsed) -> (String, bool) {
        let found = paragraphs(&file.body);
        let mut parts = self.parts(file, &found);
        let is_heading = |part: &Part| text_of(part, &file.body, &found).starts_with('#');
        keep_above_reader(&mut parts, is_heading);
        let new = self.pieces.iter().map(Piece::sealed).enumerate();
        let placed = |parts: &[Part], i: usize| parts.iter().any(|p| p.owner == Owner::Piece(i));
        let (mut last, mut inserted) = (None, None);
        for (i, sealed) in new {
            // the reader took it out of the file, or changed it there
            let is_refused = file.sealed.contains(&sealed);
            if placed(&parts, i) {
                (last, inserted) = (Some(i), None);
            } else if !is_refused {
                // nothing of the reader's is about a piece that was not there
                let at = match inserted {
                    Some(at) => at + 1,
                    None => behind(&parts, last, &file.body, &found),
                };
                inserted = Some(at);
                let owner = Owner::Piece(i);
                parts.insert(
                    at,
                    Part {
                        paragraphs: 0..0,
                        owner,
                    },
                );
                last = Some(i);
            }
        }
        let has_own = parts.iter().any(|part| part.owner == Owner::Reader);
        (self.written(&parts, &file.body, &found), has_own)
    }

    /// Finds the pieces of the earlier export and of this one among the paragraphs of a file.
    fn parts(&self, file: &Parsed, found: &[Paragraph]) -> Vec<Part> {
        let new: Vec<Sealed> = self.pieces.iter().map(Piece::sealed).collect();
        let owner = |s: &Sealed| {
            let at = new.iter().position(|n| n.key == s.key);
            at.map_or(Owner::Gone, Owner::Piece)
        };
        let old = file.sealed.iter().map(|s| (*s, owner(s)));
        // where the seal is lost, what would be written anew is there already
        let unsealed = new.iter().filter(|n| !file.sealed.contains(n));
        let wanted: Vec<(Sealed, Owner)> = old.chain(unsealed.map(|n| (*n, owner(n)))).collect();
        let numbers = numbers_by_hash(&file.body, found);
        let mut owners: Vec<Option<(usize, Owner)>> = vec![None; found.len()];
        let (mut placed, mut next) = (vec![false; new.len()], 0);
        for (sealed, owner) in wanted {
            let n = sealed.paragraphs;
            if let Owner::Piece(i) = owner
                && placed[i]
            {
                continue;
            }
            let fits = |at: &&usize| {
                is_at(**at, &sealed, &file.body, found)
                    && owners[**at..**at + n].iter().all(Option::is_none)
            };
            let all = numbers.get(&sealed.first).map_or(&[][..], Vec::as_slice);
            let (before, after) = all.split_at(all.partition_point(|at| *at < next));
            let Some(at) = after.iter().chain(before).find(fits).copied() else {
                continue;
            };
            owners[at..at + n].fill(Some((at, owner)));
            next = at + n;
            if let Owner::Piece(i) = owner {
                placed[i] = true;
            }
        }
        let mut parts: Vec<Part> = Vec::new();
        for (i, owned) in owners.iter().enumerate() {
            let (start, owner) = owned.unwrap_or((i, Owner::Reader));
            match parts.last_mut() {
                Some(part) if owned.is_some() && start < i => part.paragraphs.end = i + 1,
                _ => parts.push(Part {
                    paragraphs: i..i + 1,
                    owner,
                }),
            }
        }
        parts
    }

    /// Writes the parts one below the other; a blank line is between two at least.
    fn written(&self, parts: &[Part], body: &str, found: &[Paragraph]) -> String {
        let head = found.first().map_or(body.len(), |first| first.start);
        let mut out = body.get(..head).unwrap_or_default().to_owned();
        for part in parts {
            if !out.is_empty() && !out.ends_with("\n\n") && !out.trim().is_empty() {
                out.push_str(if out.ends_with('\n') { "\n" } else { "\n\n" });
            }
            out.push_str(match part.owner {
                Owner::Piece(i) => self.pieces.get(i).map_or("", |piece| &piece.text),
                _ => text_of(part, body, found),
            });
            let last = found.get(part.paragraphs.clone()).and_then(<[_]>::last);
            let gap = last.and_then(|last| body.get(last.end..last.next));
            out.push_str(gap.filter(|gap| !gap.is_empty()).unwrap_or("\n"));
        }
        if !out.is_empty() && !out.ends_with('\n') {
            out.push('\n');
        }
        // the seal follows after one blank line
        out.truncate(out.trim_end_matches('\n').len());
        out + "\n"
    }
}

impl Parsed {
    fn of(text: &str) -> Self {
        let mark = text
            .strip_prefix('\u{feff}')
            .map_or(0, |_| '\u{feff}'.len_utf8());
        let behind = text.get(mark..).and_then(|text| text.strip_prefix(FENCE));
        let front = behind.and_then(|rest| {
            let end = rest.find(&format!("\n{FENCE}"))? + 1 + FENCE.len();
            Some(mark + FENCE.len() + end)
        });
        let (front, rest) = text.split_at(front.unwrap_or_default());
        let mut parsed = Self {
            front: front.to_owned(),
            ..Self::default()
        };
        let lines: Vec<&str> = rest.split_inclusive('\n').collect();
        let seal = (0..lines.len()).rev().find_map(|at| seal_at(&lines, at));
        let Some((seal, front_hash, sealed)) = seal else {
            rest.clone_into(&mut parsed.body);
            return parsed;
        };
        (parsed.front_hash, parsed.sealed) = (Some(front_hash), sealed);
        let (before, behind) = (&lines[..seal.start], &lines[seal.end..]);
        parsed.body = [before, behind].concat().concat();
        // the blank line of ours between the front matter and the text
        if !parsed.front.is_empty() && parsed.body.starts_with('\n') {
            parsed.body.remove(0);
        }
        parsed
    }
}

/// Reads the seal that begins at a line: its lines, and what it says; `None` where there is none
/// that is whole.
fn seal_at(lines: &[&str], at: usize) -> Option<(Range<usize>, u64, Vec<Sealed>)> {
    let front = lines.get(at)?.strip_prefix(SEAL)?.trim_end();
    let front = u64::from_str_radix(front, 16).ok()?;
    let rows = lines.get(at + 1..)?;
    let end = rows.iter().position(|line| line.trim_end() == SEAL_END)?;
    let sealed = |line: &&str| {
        let mut words = line.split_whitespace();
        let sealed = Sealed {
            key: u32::from_str_radix(words.next()?, 16).ok()?,
            paragraphs: words.next()?.parse().ok()?,
            first: u32::from_str_radix(words.next()?, 16).ok()?,
            hash: u64::from_str_radix(words.next()?, 16).ok()?,
        };
        words.next().is_none().then_some(sealed)
    };
    let sealed: Option<Vec<Sealed>> = rows[..end].iter().map(sealed).collect();
    Some((at..at + end + 2, front, sealed?))
}

fn hash(text: &str) -> u64 {
    XxHash3_128::oneshot(text.as_bytes()) as u64
}

/// Returns the hash of an article that front matter names.
fn article_of(front: &str) -> Option<&str> {
    front.lines().find_map(article_in)
}

fn article_in(line: &str) -> Option<&str> {
    let hash = line.strip_prefix(ARTICLE_KEY)?.trim();
    let hash = hash.trim_matches(['"', '\'']);
    (hash.len() == 32 && hash.bytes().all(|b| b.is_ascii_hexdigit())).then_some(hash)
}

/// Returns the paragraphs of a text: lines without a blank one between them.
fn paragraphs(text: &str) -> Vec<Paragraph> {
    let mut found: Vec<Paragraph> = Vec::new();
    let (mut at, mut is_open) = (0, false);
    for line in text.split_inclusive('\n') {
        let end = at + line.trim_end_matches('\n').len();
        let next = at + line.len();
        let is_blank = line.trim().is_empty();
        match found.last_mut() {
            Some(last) if is_blank => last.next = next,
            Some(last) if is_open => (last.end, last.next) = (end, next),
            _ if is_blank => {}
            _ => found.push(Paragraph {
                start: at,
                end,
                next,
            }),
        }
        (at, is_open) = (next, !is_blank);
    }
    found
}

/// Returns the numbers of the paragraphs by the hash of each.
fn numbers_by_hash(body: &str, found: &[Paragraph]) -> HashMap<u32, Vec<usize>> {
    let mut numbers: HashMap<u32, Vec<usize>> = HashMap::new();
    for (i, p) in found.iter().enumerate() {
        let hash = hash(body.get(p.start..p.end).unwrap_or_default()) as u32;
        numbers.entry(hash).or_default().push(i);
    }
    numbers
}

/// Returns whether a piece stands at a paragraph, byte for byte.
fn is_at(at: usize, sealed: &Sealed, body: &str, found: &[Paragraph]) -> bool {
    let own = found.get(at..at.saturating_add(sealed.paragraphs));
    let ends = own.and_then(|own| own.first().zip(own.last()));
    let text = ends.and_then(|(first, last)| body.get(first.start..last.end));
    text.is_some_and(|text| hash(text) == sealed.hash)
}

/// Removes the pieces that are gone, but those that the reader wrote something below, with their
/// heading: they are the reader's from now on.
fn keep_above_reader(parts: &mut Vec<Part>, is_heading: impl Fn(&Part) -> bool) {
    let (mut is_above_reader, mut is_above_kept) = (false, false);
    for part in parts.iter_mut().rev() {
        let is_gone = part.owner == Owner::Gone;
        let is_kept = is_gone && (is_above_reader || is_above_kept && is_heading(part));
        if is_kept {
            part.owner = Owner::Reader;
        }
        if !is_gone || is_kept {
            is_above_reader = !is_gone && part.owner == Owner::Reader;
            is_above_kept = is_kept && !is_heading(part);
        }
    }
    parts.retain(|part| part.owner != Owner::Gone);
}

/// Returns the text of a part of a file.
fn text_of<'a>(part: &Part, body: &'a str, found: &[Paragraph]) -> &'a str {
    let own = found.get(part.paragraphs.clone()).unwrap_or_default();
    let ends = own.first().zip(own.last());
    let text = ends.and_then(|(first, last)| body.get(first.start..last.end));
    text.unwrap_or_default()
}

/// Returns the index behind a piece and what the reader wrote below it, up to a heading of the
/// reader's own; of no piece the beginning.
fn behind(parts: &[Part], piece: Option<usize>, body: &str, found: &[Paragraph]) -> usize {
    let owner = piece.map(Owner::Piece);
    let at = parts.iter().position(|part| Some(part.owner) == owner);
    let first = at.map_or(0, |at| at + 1);
    let is_below =
        |part: &&Part| part.owner == Owner::Reader && !text_of(part, body, found).starts_with('#');
    if piece.is_none() {
        return 0;
    }
    let rest = parts.get(first..).unwrap_or_default();
    first + rest.iter().take_while(is_below).count()
}
