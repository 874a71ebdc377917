//! Window functions.

use super::super::scope::{Proof, Scope, not_null, nullable};
use super::super::tree::WindowCall;
use super::aggregate::{OverRows, over_rows};
use crate::catalog::is_built_in;

const UNBOUNDED_PRECEDING: u32 = 0x20;
const START_CURRENT_ROW: u32 = 0x200;
const END_CURRENT_ROW: u32 = 0x400;
const UNBOUNDED_FOLLOWING: u32 = 0x100;
const START_OFFSET_PRECEDING: u32 = 0x800;
const END_OFFSET_FOLLOWING: u32 = 0x4000;
/// The current row itself, or its whole group; EXCLUDE TIES leaves it.
const EXCLUSION: u32 = 0x8000 | 0x10000;

impl<'a> Scope<'_, 'a> {
    pub(super) fn judge_window(&self, call: &'a WindowCall) -> Proof {
        let function = self.catalog().function(call.function);
        let Some(function) = function.filter(|it| is_built_in(it.oid)) else {
            return nullable("nothing is known about this window function");
        };
        let rows = self.everywhere();
        let args = || call.args.iter().all(|arg| rows.never_null(arg));
        let proven = match function.name.as_str() {
            "row_number" | "rank" | "dense_rank" | "percent_rank" | "cume_dist" | "count" => true,
            "ntile" => args(),
            // The default takes the place of a row that is not there.
            "lag" | "lead" => call.args.len() == 3 && args(),
            "first_value" | "last_value" => self.frame_has_current_row(call.window) && args(),
            name if call.aggregate => match over_rows(name) {
                OverRows::Always => true,
                OverRows::OfValues => {
                    call.filter.is_none() && self.frame_has_current_row(call.window) && args()
                }
                OverRows::OfRows => {
                    call.filter.is_none() && self.frame_has_current_row(call.window)
                }
                OverRows::Unknown => false,
            },
            _ => false,
        };
        match proven {
            true => not_null(format!("{} is never NULL here", function.name)),
            false => {
                nullable(format!("{} gives NULL where there is no row or value", function.name))
            }
        }
    }

    fn frame_has_current_row(&self, number: u32) -> bool {
        let window = self.query.windows.iter().find(|window| window.number == number);
        window.is_some_and(|window| {
            let start = UNBOUNDED_PRECEDING | START_CURRENT_ROW | START_OFFSET_PRECEDING;
            let end = UNBOUNDED_FOLLOWING | END_CURRENT_ROW | END_OFFSET_FOLLOWING;
            window.frame & start != 0 && window.frame & end != 0 && window.frame & EXCLUSION == 0
        })
    }
}
