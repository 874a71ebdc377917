//! CASE: each result, knowing that its condition was true.

use super::super::facts::{Facts, union};
use super::super::scope::{Proof, Scope, not_null, nullable};
use super::super::tree::Expr;
use super::uncertain;
use crate::signature::Nullability;

impl<'a> Scope<'_, 'a> {
    pub(super) fn judge_case(
        &self,
        of: Option<&'a Expr>,
        arms: &'a [(Expr, Expr)],
        otherwise: Option<&'a Expr>,
    ) -> Proof {
        let mut failed = Facts::new();
        for (condition, result) in arms {
            let arm = self.knowing(union([failed.clone(), self.when(of, condition)].into_iter()));
            let proof = arm.judge(result);
            if proof.value == Nullability::Nullable {
                return uncertain(proof);
            }
            failed = union([failed, self.unless(condition)].into_iter());
        }
        match otherwise {
            // PostgreSQL adds the ELSE that is not there.
            None | Some(Expr::Const { value: None, .. }) => {
                nullable("CASE gives NULL where nothing matches and no ELSE says otherwise")
            }
            Some(otherwise) => {
                let proof = self.knowing(failed).judge(otherwise);
                match proof.value {
                    Nullability::NotNull => not_null("no branch of CASE gives NULL"),
                    Nullability::Nullable => uncertain(proof),
                }
            }
        }
    }

    /// What is known where the condition of an arm was true.
    fn when(&self, of: Option<&'a Expr>, condition: &'a Expr) -> Facts<'a> {
        let seeker = self.seeker("the condition of its CASE says so");
        let mut facts = seeker.when_true(condition);
        // `CASE x WHEN y` compares with a strict operator.
        if let (Some(of), Expr::Operator { function, .. }) = (of, condition)
            && self.catalog().function(*function).is_some_and(|it| it.strict)
        {
            facts.extend(seeker.when_not_null(of));
        }
        facts
    }

    /// What is known where the condition was not true: `WHEN x IS NULL` leaves the non-NULL.
    fn unless(&self, condition: &'a Expr) -> Facts<'a> {
        let seeker = self.seeker("the condition of its CASE says so");
        match condition {
            // Never NULL itself, so that not true means false.
            Expr::NullTest { .. } => seeker.when_false(condition),
            _ => Facts::new(),
        }
    }
}
