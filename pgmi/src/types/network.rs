use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::str::FromStr;

use bytes::{BufMut, BytesMut};

use super::parse::{InvalidText, debug_as_text, digits};
use super::wire::{Binary, Problem, Reader, binary};

/// A value of type `inet`: an address, and the length of its network's prefix.
///
/// Equal means the same of both, as in PostgreSQL: `192.0.2.1` is not `192.0.2.1/24`. `cidr::IpInet` is
/// read and written too, with the feature `with-cidr-0_3`, and `std::net::IpAddr` where the prefix does
/// not matter.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Inet {
    address: IpAddr,
    prefix: u8,
}

/// A value of type `cidr`: a network. The bits of the address behind its prefix are zero.
///
/// `cidr::IpCidr` is read and written too, with the feature `with-cidr-0_3`.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Cidr(Inet);

binary!(Inet: INET);
binary!(Cidr: CIDR);
debug_as_text!(Inet, Cidr);

impl Inet {
    /// An address in a network; none when the prefix is longer than the address.
    pub fn new(address: IpAddr, prefix: u8) -> Option<Self> {
        (prefix <= bits(address)).then_some(Self { address, prefix })
    }

    /// The address.
    pub fn address(self) -> IpAddr {
        self.address
    }

    /// How many of its bits are the network's.
    pub fn prefix(self) -> u8 {
        self.prefix
    }

    /// Its network.
    pub fn network(self) -> Cidr {
        let host = bits(self.address) - self.prefix;
        let address = match self.address {
            IpAddr::V4(it) => {
                let mask = u32::MAX.checked_shl(host.into()).unwrap_or_default();
                IpAddr::V4(Ipv4Addr::from_bits(it.to_bits() & mask))
            }
            IpAddr::V6(it) => {
                let mask = u128::MAX.checked_shl(host.into()).unwrap_or_default();
                IpAddr::V6(Ipv6Addr::from_bits(it.to_bits() & mask))
            }
        };
        Cidr(Self { address, ..self })
    }
}

impl Cidr {
    /// A network; none when the prefix is longer than the address or bits behind it are set.
    pub fn new(address: IpAddr, prefix: u8) -> Option<Self> {
        let inet = Inet::new(address, prefix)?;
        (inet.network().0 == inet).then_some(Self(inet))
    }

    /// The first address of the network.
    pub fn address(self) -> IpAddr {
        self.0.address
    }

    /// How many bits of the address are the network's.
    pub fn prefix(self) -> u8 {
        self.0.prefix
    }
}

/// A single host.
impl From<IpAddr> for Inet {
    fn from(address: IpAddr) -> Self {
        Self { address, prefix: bits(address) }
    }
}

impl From<Cidr> for Inet {
    fn from(network: Cidr) -> Self {
        network.0
    }
}

fn bits(address: IpAddr) -> u8 {
    if address.is_ipv4() { 32 } else { 128 }
}

/// `PGSQL_AF_INET` in inet.h, which is `AF_INET` of the BSDs.
const FAMILY_V4: u8 = 2;
/// `PGSQL_AF_INET6`.
const FAMILY_V6: u8 = 3;

/// `network_recv` in network.c: family, prefix, whether it is a `cidr`, length and bytes of the address.
impl Binary<'_> for Inet {
    fn read(reader: &mut Reader<'_>) -> Result<Self, Problem> {
        let [family, prefix, _is_cidr, length] = reader.array()?;
        let address = match (family, length) {
            (FAMILY_V4, 4) => IpAddr::from(reader.array::<4>()?),
            (FAMILY_V6, 16) => IpAddr::from(reader.array::<16>()?),
            _ => return Err("its address family is unknown"),
        };
        Self::new(address, prefix).ok_or("its prefix is too long")
    }

    fn write(&self, out: &mut BytesMut) -> Result<(), Problem> {
        put(*self, false, out);
        Ok(())
    }
}

impl Binary<'_> for Cidr {
    fn read(reader: &mut Reader<'_>) -> Result<Self, Problem> {
        let inet = Inet::read(reader)?;
        Self::new(inet.address, inet.prefix).ok_or("it has bits set to the right of its mask")
    }

    fn write(&self, out: &mut BytesMut) -> Result<(), Problem> {
        put(self.0, true, out);
        Ok(())
    }
}

fn put(inet: Inet, is_cidr: bool, out: &mut BytesMut) {
    let head = |family, length| [family, inet.prefix, u8::from(is_cidr), length];
    match inet.address {
        IpAddr::V4(address) => {
            out.put_slice(&head(FAMILY_V4, 4));
            out.put_slice(&address.octets());
        }
        IpAddr::V6(address) => {
            out.put_slice(&head(FAMILY_V6, 16));
            out.put_slice(&address.octets());
        }
    }
}

/// `inet_out`: the prefix only when it is not the whole address.
impl fmt::Display for Inet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        put_address(self.address, f)?;
        if self.prefix < bits(self.address) { write!(f, "/{}", self.prefix) } else { Ok(()) }
    }
}

/// `cidr_out`: always with the prefix.
impl fmt::Display for Cidr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        put_address(self.0.address, f)?;
        write!(f, "/{}", self.0.prefix)
    }
}

/// As `pg_inet_net_ntop` writes it, which unlike Rust shows the old IPv4-compatible addresses as such.
fn put_address(address: IpAddr, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match address {
        IpAddr::V6(v6) => match v6.segments() {
            [0, 0, 0, 0, 0, 0, high, low] if high != 0 => {
                write!(f, "::{}", Ipv4Addr::from_bits(u32::from(high) << 16 | u32::from(low)))
            }
            _ => write!(f, "{v6}"),
        },
        IpAddr::V4(v4) => write!(f, "{v4}"),
    }
}

/// `192.0.2.1`, `192.0.2.1/24`, `2001:db8::1/64`.
impl FromStr for Inet {
    type Err = InvalidText;

    fn from_str(text: &str) -> Result<Self, InvalidText> {
        parse(text).ok_or_else(|| InvalidText::new("inet", text))
    }
}

/// As [`Inet`]; networks shortened to `10.1/16` are not taken.
impl FromStr for Cidr {
    type Err = InvalidText;

    fn from_str(text: &str) -> Result<Self, InvalidText> {
        let cidr = parse(text).and_then(|inet| Self::new(inet.address, inet.prefix));
        cidr.ok_or_else(|| InvalidText::new("cidr", text))
    }
}

fn parse(text: &str) -> Option<Inet> {
    match text.split_once('/') {
        Some((address, prefix)) => Inet::new(address.parse().ok()?, digits(prefix)?),
        None => text.parse::<IpAddr>().ok().map(Inet::from),
    }
}
