//! Times of day: "pukul 19.30 WIB", "jam 7 malam", "02.00-04.00 WIB".

use super::found::Found;
use super::numbers;
use super::reader::Reader;
use nukil_types::ValueKind;

/// The time that begins at a token: behind "pukul" or "jam", or before a zone.
///
/// `day` is the day that was named right before, if one was.
pub(super) fn at(reader: &Reader<'_>, at: usize, day: Option<&str>) -> Option<Found> {
    if !reader.is_free(at) || !reader.is_number(at) {
        return None;
    }
    // In "1 jam 15 menit" the hour is a length of time.
    let led = reader.before(at).is_some_and(|before| {
        let counted = reader.before(before).is_some_and(|number| {
            reader.is_number(number) || reader.senses(number).number.is_some()
        });
        reader.senses(before).clock && !counted
    });
    let (mut first, mut end) = clock(reader, at)?;
    let mut last = None;
    if let Some((start, _)) = numbers::joiner(reader, end)
        && let Some((time, behind)) =
            clock(reader, if reader.senses(start).clock { start + 1 } else { start })
    {
        last = Some(time);
        end = behind;
    }
    // Malay tells times without "pukul": "9 pagi", "11.36 malam".
    let noon = reader.malay && reader.folded(end) == "tengah";
    let part_of_day = reader.senses(end).part_of_day;
    let malay = reader.malay && (noon || part_of_day.is_some());
    let nights = reader.folded(end) == "malam" && !reader.surface(at).contains(['.', ':']);
    let led = led || malay && (!nights || follows_time(reader, at));
    if noon && led && matches!(reader.folded(end + 1), "hari" | "malam") {
        let midnight = reader.folded(end + 1) == "malam";
        first.hour = match (first.hour, midnight) {
            (12, true) => 0,
            (1..=5, false) => first.hour + 12,
            (hour, _) => hour,
        };
        end += 2;
    } else if let Some(hours) = part_of_day.filter(|_| led) {
        first.in_part(hours);
        if let Some(last) = &mut last {
            last.in_part(hours);
        }
        end += 1;
    } else if led && reader.folded(end) == "dini" && reader.folded(end + 1) == "hari" {
        end += 2;
    }
    let zone = reader.senses(end).zone.as_deref().filter(|_| reader.is_free(end));
    if zone.is_some() {
        end += 1;
    }
    if !led && zone.is_none() {
        return None;
    }
    let zone = zone.unwrap_or_default();
    let day = day.unwrap_or_default();
    let mut value = format!("{day}T{:02}:{:02}{zone}", first.hour, first.minute);
    if let Some(last) = last {
        value += &format!("/{day}T{:02}:{:02}{zone}", last.hour, last.minute);
    }
    Some(Found::new(ValueKind::Time, at..end, value))
}

/// Whether a time or "hingga" stands before `at` ("9 pagi hingga 6 malam"); "3 hari 2 malam" counts
/// nights.
fn follows_time(reader: &Reader<'_>, at: usize) -> bool {
    reader.before(at).is_some_and(|before| reader.senses(before).range)
}

struct Clock {
    hour: u64,
    minute: u64,
}

impl Clock {
    /// Adds twelve hours where the part of the day asks for it ("jam 7 malam").
    fn in_part(&mut self, (from, to): (u64, u64)) {
        if (from..=to).contains(&self.hour) {
            self.hour += 12;
        }
    }
}

fn clock(reader: &Reader<'_>, at: usize) -> Option<(Clock, usize)> {
    if !reader.is_free(at) {
        return None;
    }
    if let Some((hour, length)) = reader.digits(at) {
        return (hour <= 24 && length <= 2).then_some((Clock { hour, minute: 0 }, at + 1));
    }
    let [hour, minute] = reader.split_digits::<2>(at, &['.', ':']).or_else(|| {
        // Seconds are read and not kept.
        let [hour, minute, _] = reader.split_digits::<3>(at, &['.', ':'])?;
        Some([hour, minute])
    })?;
    (hour <= 24 && minute < 60).then_some((Clock { hour, minute }, at + 1))
}
