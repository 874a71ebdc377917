select ($match::"match").type, $match::"match" as "match", $fn::int4 as fn, $self::int4 as self, $type::text as kind
