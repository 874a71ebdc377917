//! Numbers that are the same in every run.

/// xorshift64*.
pub struct Random {
    state: u64,
    /// Whether values come that most computations refuse: NaN, infinity.
    pub wild: bool,
    /// Whether numbers come that are too large to count to.
    pub huge: bool,
    /// What this round prefers where values of one kind only go together: any, objects, arrays.
    pub shape: u64,
}

impl Random {
    /// Every fourth round is a wild one.
    pub fn new(round: u64) -> Self {
        let state = 0x9E37_79B9_7F4A_7C15 ^ (round + 1).wrapping_mul(0xD129_42F0);
        Self { state, wild: round % 4 == 3, huge: false, shape: round % 3 }
    }

    pub fn below(&mut self, bound: usize) -> usize {
        self.state ^= self.state >> 12;
        self.state ^= self.state << 25;
        self.state ^= self.state >> 27;
        let mixed = self.state.wrapping_mul(0x2545_F491_4F6C_DD1D);
        usize::try_from(mixed >> 33).expect("31 bits") % bound
    }

    pub fn pick<'a>(&mut self, choices: &[&'a str]) -> &'a str {
        choices[self.below(choices.len())]
    }

    /// The same, with rare choices for wild rounds.
    pub fn pick_or<'a>(&mut self, usual: &[&'a str], wild: &[&'a str]) -> &'a str {
        match self.wild && self.below(4) == 0 {
            true => self.pick(wild),
            false => self.pick(usual),
        }
    }

    /// The same, with numbers for wild rows.
    pub fn number<'a>(&mut self, usual: &[&'a str], huge: &'a str) -> &'a str {
        match self.wild && self.huge && self.below(8) == 0 {
            true => huge,
            false => self.pick(usual),
        }
    }
}
