//! All state of one reading, and the only code that changes it.
//!
//! 1. [`settings`]: the reader's choices.
//! 2. [`screen`]: the size of the terminal, cut into areas. Plain numbers.
//! 3. [`article`]: the document being read and its outline; [`grow`]: more of it, or
//!    a changed file.
//! 4. [`position`] and [`viewport`]: the place in the text, and the rows on the screen.
//! 5. [`motion`]: the next point, paragraph, sentence.
//! 6. [`jump`]: the positions that jumps left.
//! 7. [`find`]: the search and the keywords ([`term`]s with hits); [`sieve`] and [`hit_list`]: their hits alone.
//! 8. [`pane`]: the outline pane; [`skeleton`]: the skeleton view.
//! 9. [`shelf`]: the articles to choose from, as [`shelf_news`] tells them; [`saved_views`] of
//!    them; the [`recent`] ones; `shelf_order`: their order; `shelf_search`: the search in them;
//!    `shelf_read`: how far each was read; `shelf_way`: from one to the next;
//!    [`library_pages`]: the pages about many of them: [`same_list`], [`differences_page`],
//!    [`phrase_list`], [`like_list`], [`twin`].
//! 10. [`drill`]: the points of an article, to be recalled; [`drilling`]: what it takes from
//!     the session.
//! 11. [`memory`]: [`marks`] on [`anchor`]s, the [`selection`], [`quote`]s of it, the
//!     [`pace`] of reading, `shown_text`: what of it was on the screen.
//! 12. [`mode`] and [`open_pages`]: the pages, those that are open, the line being typed over
//!     them ([`prompt`]); [`list`] and [`lists`]: the choice and the filter in each.
//! 13. [`state`]: the [`Session`], which has all of these; [`restore`]: what it saves and
//!     finds again.
//!
//! Geometry is state: a resize is an input like any other. Knows nothing of
//! keys, colours, files or terminals; what the world must do is an [`Effect`].

pub mod anchor;
pub(crate) mod article;
pub mod clash;
pub mod differences_page;
mod drafts;
pub mod drill;
pub(crate) mod drilling;
pub(crate) mod file_state;
pub(crate) mod find;
pub(crate) mod grow;
pub(crate) mod hit_list;
pub(crate) mod jump;
pub mod library_pages;
pub mod like_list;
pub(crate) mod list;
pub(crate) mod lists;
pub mod marks;
pub mod memory;
pub(crate) mod mode;
pub(crate) mod motion;
pub(crate) mod open_pages;
pub mod pace;
pub(crate) mod pane;
pub mod phrase_list;
pub(crate) mod position;
pub(crate) mod prompt;
pub(crate) mod quote;
pub mod recent;
pub(crate) mod restore;
pub mod same_list;
pub mod saved_views;
pub(crate) mod screen;
pub(crate) mod selection;
pub(crate) mod settings;
pub mod shares;
pub mod shelf;
pub mod shelf_news;
mod shelf_order;
mod shelf_read;
mod shelf_search;
mod shelf_way;
mod shown_text;
pub(crate) mod sieve;
pub(crate) mod skeleton;
pub(crate) mod state;
pub mod tags;
pub mod term;
pub mod term_table_page;
pub mod twin;
pub(crate) mod viewport;

pub use article::Article;
pub use file_state::{FileState, Since};
pub use find::{Find, Keyword};
pub(crate) use hit_list::{Hit, HitRows};
pub use hit_list::{HitList, HitScope};
pub use list::List;
pub use mode::{Effect, Mode, Notice, Purpose};
pub use open_pages::OpenPages;
pub use position::{ReadingPosition, ScrollPosition};
pub use screen::{Area, Screen};
pub use settings::Settings;
pub use shelf::Shelf;
pub use shelf_news::ShelfNews;
pub use shelf_search::ShelfAnswer;
pub use state::Session;
pub use viewport::{Line, View, Viewport};
