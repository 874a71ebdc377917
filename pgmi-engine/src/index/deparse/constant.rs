//! The value of a constant, from the bytes that lie in the server's memory.

use super::super::ground::{Ground, NameKind};
use crate::catalog::{Kind, Oid};
use crate::describe::tree::Expr;

/// What stands between the quotes of a literal with that value; none for types that we cannot read.
pub fn literal(ground: &Ground<'_>, expr: &Expr) -> Option<String> {
    let Expr::Const { type_oid, value: Some(bytes) } = expr else { return None };
    let base = ground.catalog.base_type(*type_oid);
    match ground.catalog.type_of(base).map(|it| &it.kind) {
        Some(Kind::Enum { .. }) => {
            ground.name(NameKind::Label, integer(bytes)?.try_into().ok()?).map(str::to_owned)
        }
        Some(Kind::Array { element }) => array(ground, bytes, *element),
        _ => scalar(ground, bytes, base),
    }
}

fn scalar(ground: &Ground<'_>, bytes: &[u8], type_oid: Oid) -> Option<String> {
    Some(match type_oid {
        16 => if bytes.first() == Some(&0) { "f" } else { "t" }.to_owned(),
        20 | 21 | 23 => integer_of(bytes, type_oid)?.to_string(),
        // Text, and what is kept like it.
        25 | 1042 | 1043 => String::from_utf8(bytes.get(4..)?.to_vec()).ok()?,
        19 => String::from_utf8(bytes.split(|byte| *byte == 0).next()?.to_vec()).ok()?,
        705 => String::from_utf8(bytes.split(|byte| *byte == 0).next()?.to_vec()).ok()?,
        700 => f32::from_le_bytes(*bytes.first_chunk()?).to_string(),
        701 => f64::from_le_bytes(*bytes.first_chunk()?).to_string(),
        1082 => date(integer_of(bytes, 23)?)?,
        1114 => timestamp(integer_of(bytes, 20)?)?,
        1184 => format!("{}+00", timestamp(integer_of(bytes, 20)?)?),
        1186 => interval(bytes)?,
        1700 => numeric_text(bytes.get(4..)?)?,
        2950 => uuid::Uuid::from_slice(bytes.get(..16)?).ok()?.to_string(),
        3734 => {
            let oid = integer_of(bytes, 23)?.try_into().ok()?;
            let name = ground.name(NameKind::Configuration, oid)?;
            name.strip_prefix("pg_catalog.").unwrap_or(name).to_owned()
        }
        _ => citext(ground, bytes, type_oid)?,
    })
}

/// A type of an extension that is kept as text is.
fn citext(ground: &Ground<'_>, bytes: &[u8], type_oid: Oid) -> Option<String> {
    let found = ground.catalog.type_of(type_oid)?;
    (found.name == "citext").then(|| String::from_utf8(bytes.get(4..)?.to_vec()).ok()).flatten()
}

fn integer(bytes: &[u8]) -> Option<i64> {
    integer_of(bytes, 26)
}

fn integer_of(bytes: &[u8], type_oid: Oid) -> Option<i64> {
    match type_oid {
        20 => Some(i64::from_le_bytes(*bytes.first_chunk()?)),
        21 => Some(i64::from(i16::from_le_bytes(*bytes.first_chunk()?))),
        26 => Some(i64::from(u32::from_le_bytes(*bytes.first_chunk()?))),
        _ => Some(i64::from(i32::from_le_bytes(*bytes.first_chunk()?))),
    }
}

/// Days from 2000-01-01; the civil calendar from days, after Howard Hinnant.
fn date(days: i64) -> Option<String> {
    const INFINITY: i64 = 2_147_483_647;
    if days == INFINITY || days == -INFINITY - 1 {
        return Some(if days > 0 { "infinity" } else { "-infinity" }.to_owned());
    }
    // Days from 0000-03-01.
    let shifted = days + 730_425;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year > 0).then(|| format!("{year:04}-{month:02}-{day:02}"))
}

fn timestamp(micros: i64) -> Option<String> {
    const DAY: i64 = 86_400_000_000;
    if micros == i64::MAX || micros == i64::MIN {
        return None;
    }
    let rest = micros.rem_euclid(DAY);
    let (seconds, micros_left) = (rest / 1_000_000, rest % 1_000_000);
    let time = format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
    let fraction = if micros_left == 0 { String::new() } else { format!(".{micros_left:06}") };
    Some(format!("{} {time}{fraction}", date(micros.div_euclid(DAY))?))
}

fn interval(bytes: &[u8]) -> Option<String> {
    let micros = integer_of(bytes, 20)?;
    let days = integer_of(bytes.get(8..)?, 23)?;
    let months = integer_of(bytes.get(12..)?, 23)?;
    Some(format!("{months} months {days} days {micros} microseconds"))
}

/// The number behind the length of a `numeric`; none for NaN and infinity.
fn numeric_text(bytes: &[u8]) -> Option<String> {
    let header = u16::from_le_bytes(*bytes.first_chunk()?);
    // The two highest bits: 00 and 01 long (positive, negative), 10 short, 11 special.
    let (negative, scale, weight, digits) = match header >> 14 {
        0b10 => {
            let weight = i32::from(header & 0x3f) - if header & 0x40 != 0 { 64 } else { 0 };
            (header & 0x2000 != 0, usize::from((header >> 7) & 0x3f), weight, bytes.get(2..)?)
        }
        kind @ (0b00 | 0b01) => {
            let weight = i16::from_le_bytes(*bytes.get(2..)?.first_chunk()?);
            (kind == 1, usize::from(header & 0x3fff), i32::from(weight), bytes.get(4..)?)
        }
        _ => return None,
    };
    let digits: Vec<u16> =
        digits.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
    let digit =
        |at: i32| usize::try_from(at).ok().and_then(|at| digits.get(at)).copied().unwrap_or(0);
    let whole: String = match weight {
        ..0 => "0".to_owned(),
        _ => (0..=weight)
            .map(|at| if at == 0 { digit(at).to_string() } else { format!("{:04}", digit(at)) })
            .collect(),
    };
    let groups = i32::try_from(scale.div_ceil(4)).ok()?;
    let fraction: String =
        (1..=groups).map(|at| format!("{:04}", digit(weight + at))).collect::<String>();
    let fraction = fraction.get(..scale).unwrap_or(&fraction);
    let sign = if negative { "-" } else { "" };
    Some(match fraction.is_empty() {
        true => format!("{sign}{whole}"),
        false => format!("{sign}{whole}.{fraction}"),
    })
}

/// A one-dimensional array of texts or whole numbers.
fn array(ground: &Ground<'_>, bytes: &[u8], element: Oid) -> Option<String> {
    let field = |at: usize| integer_of(bytes.get(at..)?, 23);
    // Length, dimensions, where the data begins or 0 without NULLs, the type, then size and bound.
    match (field(4)?, field(8)?) {
        (0, _) => return Some("{}".to_owned()),
        (1, 0) => {}
        _ => return None,
    }
    let count = field(16)?;
    let mut at = 24;
    let mut parts = Vec::new();
    for _ in 0..count {
        let (part, length) = match element {
            TEXT | 1043 => {
                let header = field(at)?;
                let length = usize::try_from(header >> 2).ok()?;
                (String::from_utf8(bytes.get(at + 4..at + length)?.to_vec()).ok()?, length)
            }
            23 => (field(at)?.to_string(), 4),
            20 => (integer_of(bytes.get(at..)?, 20)?.to_string(), 8),
            _ => return None,
        };
        at += length.next_multiple_of(4);
        let _ = ground;
        parts.push(format!("\"{}\"", part.replace('\\', "\\\\").replace('"', "\\\"")));
    }
    Some(format!("{{{}}}", parts.join(",")))
}

const TEXT: Oid = 25;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_those_of_the_calendar() {
        let days = [0, -1, 59, 8_824, -10_957];
        let dates = ["2000-01-01", "1999-12-31", "2000-02-29", "2024-02-28", "1970-01-01"];
        assert_eq!(days.map(|day| date(day).unwrap()), dates);
        assert_eq!(timestamp(1_500_000).unwrap(), "2000-01-01 00:00:01.500000");
    }

    #[test]
    fn numbers_keep_their_scale() {
        // 9.99: short, scale 2, weight 0; 0.05: weight -1; 12345: weight 1.
        let short = |scale: u16, weight: i16, digits: &[u16]| {
            let weight_bits = u16::from_le_bytes(weight.to_le_bytes()) & 0x7f;
            let header = 0x8000 | (scale << 7) | weight_bits;
            let words = std::iter::once(&header).chain(digits);
            numeric_text(&words.flat_map(|word| word.to_le_bytes()).collect::<Vec<_>>()).unwrap()
        };
        assert_eq!(short(2, 0, &[9, 9900]), "9.99");
        assert_eq!(short(2, -1, &[500]), "0.05");
        assert_eq!(short(0, 1, &[1, 2345]), "12345");
        assert_eq!(short(0, 1, &[2]), "20000");
    }
}
