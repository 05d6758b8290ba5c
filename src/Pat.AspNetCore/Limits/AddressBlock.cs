using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Pat.AspNetCore;

/// <summary>
/// What one caller can have of addresses: an IPv4 address, or the /64 network of an IPv6 address, in which a host chooses its
/// address freely (RFC 4291, section 2.5.1).
/// </summary>
/// <param name="Bits">The address, or the network's upper half.</param>
/// <param name="IsIPv4">Whether it is an IPv4 address.</param>
internal readonly record struct AddressBlock(ulong Bits, bool IsIPv4)
{
    private const int IPv6Length = 16;
    private const int IPv4Length = 4;
    private const int PrefixBytes = 8;

    /// <summary>The block of a connection's address, or null where it has none, as with a Unix socket.</summary>
    public static AddressBlock? Of(IPAddress? address)
    {
        if (address is null)
        {
            return null;
        }

        Span<byte> bytes = stackalloc byte[IPv6Length];
        address.TryWriteBytes(bytes, out _);
        return address.AddressFamily == AddressFamily.InterNetwork ? IPv4(bytes)
            : address.IsIPv4MappedToIPv6 ? IPv4(bytes[^IPv4Length..])
            : new AddressBlock(BinaryPrimitives.ReadUInt64BigEndian(bytes), IsIPv4: false);

        static AddressBlock IPv4(ReadOnlySpan<byte> bytes) => new(BinaryPrimitives.ReadUInt32BigEndian(bytes), IsIPv4: true);
    }

    public override string ToString()
    {
        if (IsIPv4)
        {
            Span<byte> address = stackalloc byte[IPv4Length];
            BinaryPrimitives.WriteUInt32BigEndian(address, (uint)Bits);
            return new IPAddress(address).ToString();
        }

        Span<byte> network = stackalloc byte[IPv6Length];
        network.Clear();
        BinaryPrimitives.WriteUInt64BigEndian(network, Bits);
        return $"{new IPAddress(network)}/{PrefixBytes * 8}";
    }
}
