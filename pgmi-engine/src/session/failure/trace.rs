//! The places that an error passed through, from the statement that failed out to `deploy.sql`.

use postgres::error::{DbError, ErrorPosition};

use super::candidate::{self, Candidates};
use super::context::{Frame, contained_file, frames};
use super::routine::{self, Body};
use super::texts::{Place, SCRIPT, Texts, word_at};
use super::unsaid::{self, Unsaid};
use crate::sql::byte_of_char;

/// How PostgreSQL names a DO block.
const DO_BLOCK: &str = "inline_code_block";

/// The rank of a line that looks like what its frame says.
const FITS: usize = 100;

/// What is said of an error that the user's handler caught and raised in words of its own.
const RAISED_AGAIN: &str = "a handler in deploy.sql raised this error again, and its position was lost; \
     without the handler the exact line would be shown";

/// What is known of an error's way.
pub(super) struct Trace {
    /// The innermost first: where the user should look.
    pub(super) places: Vec<Place>,
    /// The file whose content was being executed.
    pub(super) entry: Option<usize>,
    pub(super) note: Option<String>,
}

impl Trace {
    /// Follows an error from the inside out. `top_level` is where it leads in `deploy.sql`.
    pub(super) fn of(
        db: &DbError,
        texts: &Texts<'_>,
        top_level: Option<(Place, Option<String>)>,
    ) -> Self {
        let frames = frames(db.where_().unwrap_or(""), &texts.contents);
        let mut tracer = Tracer { db, texts, frames: &frames, places: Vec::new(), note: None };
        let internal = tracer.internal();
        let whole_file =
            internal.as_ref().filter(|found| found.is_whole_file).map(|found| found.place.text);
        let entry = frames
            .iter()
            .rev()
            .find_map(|frame| if let Frame::File(file) = frame { Some(*file) } else { None })
            .or(whole_file);
        tracer.places.extend(internal.map(|found| found.place));
        tracer.walk();
        let Tracer { places, note, .. } = tracer;
        let trace = Self { places, entry, note };
        if !trace.knows_no_file() {
            return trace.with_top_level(db, top_level);
        }
        if let Some(place) = named_file(db, texts) {
            let note = has_handler(texts.text(SCRIPT)).then(|| RAISED_AGAIN.to_owned());
            return trace.in_file(place, note);
        }
        // The blocks of a suite do not stand in deploy.sql, so nothing of it has been recognised.
        match unsaid::find(db, texts, trace.places.is_empty()) {
            Some(Unsaid::One(place, note)) => trace.in_file(place, Some(note)),
            Some(Unsaid::Several(note)) => {
                Self { note: Some(note), ..trace.with_top_level(db, top_level) }
            }
            None => trace.with_top_level(db, top_level),
        }
    }

    fn knows_no_file(&self) -> bool {
        self.places.iter().all(|place| place.text == SCRIPT)
    }

    /// PostgreSQL names no place, and yet there is only one file that it can be.
    fn in_file(mut self, place: Place, note: Option<String>) -> Self {
        self.entry = Some(place.text);
        self.places.insert(0, place);
        Self { note, ..self }
    }

    /// A position of PostgreSQL's own comes first; a guess only where nothing else is known.
    fn with_top_level(mut self, db: &DbError, top_level: Option<(Place, Option<String>)>) -> Self {
        let Some((place, note)) = top_level else { return self };
        if matches!(db.position(), Some(ErrorPosition::Original(_))) {
            self.places.insert(0, place);
        } else if self.places.is_empty() {
            self.places.push(place);
            self.note = note;
        }
        self
    }

    /// Whether the user is led to `deploy.sql`.
    pub(super) fn is_in_script(&self) -> bool {
        self.places.first().is_some_and(|place| place.text == SCRIPT)
    }
}

struct Tracer<'a> {
    db: &'a DbError,
    texts: &'a Texts<'a>,
    frames: &'a [Frame<'a>],
    places: Vec<Place>,
    note: Option<String>,
}

struct Internal {
    place: Place,
    is_whole_file: bool,
}

impl Tracer<'_> {
    /// The position in the internal query: a whole file, or a statement of a routine of some file.
    fn internal(&self) -> Option<Internal> {
        let Some(ErrorPosition::Internal { position, query }) = self.db.position() else {
            return None;
        };
        let at = byte_of_char(query, *position as usize);
        let whole = self.texts.contents.iter().position(|content| *content == query);
        let contained = || contained_file(query, &self.texts.contents);
        let (text, at, is_whole_file) = match whole.map(|text| (text, 0)).or_else(contained) {
            Some((text, begin)) => (text, at.checked_sub(begin)?, true),
            None => self.fragment(query).map(|(text, start)| (text, start + at, false))?,
        };
        Some(Internal {
            place: Place { text, span: word_at(self.texts.text(text), at), what: "" },
            is_whole_file,
        })
    }

    /// Where a statement of a routine stands: in the body that the innermost frame names, or wherever it is.
    fn fragment(&self, query: &str) -> Option<(usize, usize)> {
        let bodies = self.frames.iter().enumerate().find_map(|(index, frame)| match frame {
            Frame::Routine { name, line, .. } => Some(self.bodies(index, name, *line)),
            _ => None,
        });
        let in_body = bodies.into_iter().flatten().find_map(|(text, body, line)| {
            let begin =
                body.line(self.texts.text(text), line).map_or(body.span.start, |line| line.start);
            let end = body.span.end;
            let find = |from: usize| {
                find_blanked(&self.texts.text(text)[from..end], query).map(|at| from + at)
            };
            find(begin).or_else(|| find(body.span.start)).map(|at| (text, at))
        });
        in_body.or_else(|| {
            let mut texts = (0..self.texts.contents.len())
                .chain([SCRIPT])
                .filter(|&text| self.texts.is_sql(text));
            texts.find_map(|text| find_blanked(self.texts.text(text), query).map(|at| (text, at)))
        })
    }

    /// Adds a place for each frame that can be found in a file; the innermost stands first.
    fn walk(&mut self) {
        for (index, frame) in self.frames.iter().enumerate() {
            let found = match frame {
                Frame::Routine { name, line, .. } => self.line_place(index, name, *line),
                Frame::SqlFunction { name } => self.sql_function(name),
                Frame::File(file) if self.places.is_empty() => self.in_file(*file),
                Frame::File(_) | Frame::Statement(_) => None,
            };
            if let Some(place) = found.filter(|place| !self.is_covered(place)) {
                let what = if self.places.is_empty() { place.what } else { "called from here" };
                self.places.push(Place { what, ..place });
            }
        }
    }

    /// A frame's line that holds a place already known tells nothing new.
    fn is_covered(&self, place: &Place) -> bool {
        self.places.last().is_some_and(|last| {
            last.text == place.text
                && last.span.start >= place.span.start
                && last.span.start <= place.span.end
        })
    }

    fn line_place(&self, index: usize, name: &str, line: usize) -> Option<Place> {
        let (text, body, line) = self.bodies(index, name, line).into_iter().next()?;
        let span = body.line(self.texts.text(text), line)?;
        Some(Place { text, span, what: "" })
    }

    fn sql_function(&self, name: &str) -> Option<Place> {
        let texts = (0..self.texts.contents.len()).rev().filter(|&text| self.texts.is_sql(text));
        texts.chain([SCRIPT]).find_map(|text| {
            let body = routine::named_bodies(self.texts.text(text), name).pop()?;
            Some(Place { text, span: body.statement, what: "in this function" })
        })
    }

    /// The bodies that a frame may mean, the likeliest first.
    fn bodies(&self, index: usize, name: &str, line: usize) -> Vec<(usize, Body, usize)> {
        let what = match &self.frames[index] {
            Frame::Routine { what, .. } => *what,
            _ => "",
        };
        let mut found: Vec<(usize, Body)> = Vec::new();
        if name == DO_BLOCK {
            let outer = self.frames[index..].iter().find_map(|frame| match frame {
                Frame::File(file) => Some(*file),
                _ => None,
            });
            let (sent, statement) = self.texts.sent();
            let text = outer.unwrap_or(sent);
            let ran = |body: &Body| match &statement {
                Some(span) if outer.is_none() => span.contains(&body.span.start),
                _ => true,
            };
            let bodies = routine::do_bodies(self.texts.text(text)).into_iter().filter(ran);
            found.extend(bodies.map(|body| (text, body)));
        } else {
            // The latest definition is the one in force: files are in the order of their paths.
            let texts = (0..self.texts.contents.len())
                .filter(|&text| self.texts.is_sql(text))
                .chain([SCRIPT]);
            for text in texts {
                let bodies = routine::named_bodies(self.texts.text(text), name);
                found.extend(bodies.into_iter().map(|body| (text, body)));
            }
            found.reverse();
        }
        let rank = |(text, body): &(usize, Body)| self.rank(*text, body, line, what);
        // In deploy.sql the frame may come from a test call's block, which does not stand there.
        let least = if name == DO_BLOCK {
            |text: usize| if text == SCRIPT { FITS } else { 1 }
        } else {
            |_| 1
        };
        found.retain(|body| rank(body) >= least(body.0));
        found.sort_by_key(|body| std::cmp::Reverse(rank(body)));
        found.into_iter().map(|(text, body)| (text, body, line)).collect()
    }

    /// 0 when the body has no such line; more when the line looks like what the frame says it does, and
    /// when it holds words of the message.
    fn rank(&self, text: usize, body: &Body, line: usize, what: &str) -> usize {
        let sql = self.texts.text(text);
        let Some(span) = body.line(sql, line) else { return 0 };
        let shown = sql[span.clone()].to_lowercase();
        if shown.is_empty() {
            return 1;
        }
        let keyword = what.split_whitespace().next().unwrap_or("").to_lowercase();
        let fits = match keyword.as_str() {
            // `SQL statement`, `assignment`, `during statement block local variable initialization`.
            "sql" | "assignment" | "during" => true,
            word => shown.contains(word),
        };
        let near = &sql[span.start..body.span.end];
        let words = self.db.message().split_whitespace().filter(|word| word.len() > 3);
        let mentioned =
            words.filter(|word| near.lines().take(3).any(|line| line.contains(word))).count();
        2 + usize::from(fits) * FITS + mentioned
    }

    /// A runtime error of a file executed whole.
    fn in_file(&mut self, file: usize) -> Option<Place> {
        let candidates = candidate::in_text(self.texts.text(file), self.db)?;
        self.note = candidates.note();
        Some(Place { text: file, span: candidates.likeliest, what: "in this statement" })
    }
}

/// The file that a message names: `Failed in ./migrations/001.sql: …`, in whatever words.
fn named_file(db: &DbError, texts: &Texts<'_>) -> Option<Place> {
    let message = db.message();
    let named = (0..texts.contents.len())
        .filter_map(|text| Some((text, texts.file_name(text)?)))
        .filter(|(_, name)| message.contains(name.as_str()))
        .max_by_key(|(_, name)| name.len())?;
    let candidates = candidate::in_text(texts.text(named.0), db);
    let span = candidates.filter(Candidates::is_telling).map_or(0..0, |found| found.likeliest);
    Some(Place { text: named.0, span, what: "in this file" })
}

/// Whether a block catches errors. One that catches none has raised what it says first, and lost no position.
fn has_handler(script: &str) -> bool {
    let words: Vec<&str> = script.split_whitespace().collect();
    words
        .windows(2)
        .any(|two| two[0].eq_ignore_ascii_case("exception") && two[1].eq_ignore_ascii_case("when"))
}

/// Where `query` stands in `text`. PL/pgSQL blanks out what it takes from a statement (its INTO clause),
/// so a space of the query fits any character.
fn find_blanked(text: &str, query: &str) -> Option<usize> {
    let query = query.trim_end();
    if query.is_empty() {
        return None;
    }
    if let Some(at) = memchr::memmem::find(text.as_bytes(), query.as_bytes()) {
        return Some(at);
    }
    let (text, query) = (text.as_bytes(), query.as_bytes());
    let anchor = query.split(|&byte| byte == b' ').find(|word| !word.is_empty())?;
    memchr::memmem::find_iter(text, anchor).find(|&at| {
        let stretch = text.get(at..at + query.len());
        stretch.is_some_and(|stretch| stretch.iter().zip(query).all(|(a, b)| a == b || *b == b' '))
    })
}
