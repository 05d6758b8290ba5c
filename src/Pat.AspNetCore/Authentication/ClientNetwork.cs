using System.Net;
using System.Net.Sockets;

namespace Pat.AspNetCore;

/// <summary>What is kept of a caller's address: the connection's own, never what a header says.</summary>
internal static class ClientNetwork
{
    private const int Ipv4NetworkBytes = 3;
    private const int Ipv6NetworkBytes = 6;

    public static string? Of(IPAddress? address, PersonalAccessTokenAddressRecording recording)
    {
        if (address is null || recording == PersonalAccessTokenAddressRecording.None)
        {
            return null;
        }

        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        if (recording == PersonalAccessTokenAddressRecording.Full)
        {
            return plain.ToString();
        }

        var bytes = plain.GetAddressBytes();
        var kept = plain.AddressFamily == AddressFamily.InterNetwork ? Ipv4NetworkBytes : Ipv6NetworkBytes;
        bytes.AsSpan(kept).Clear();
        return $"{new IPAddress(bytes)}/{kept * 8}";
    }
}
