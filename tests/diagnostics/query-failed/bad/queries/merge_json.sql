select $left || $right -> $path as merged
