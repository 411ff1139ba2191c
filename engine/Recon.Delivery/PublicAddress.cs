// Connects to the address that was checked, so that no name leads into the house.
using System.Net;
using System.Net.Sockets;

namespace Recon.Delivery;

static class PublicAddress
{
    /// <summary>A connection to the first address of the host; refuses all of this machine and of private networks.</summary>
    /// <exception cref="HttpRequestException">The name leads to an address that is not public.</exception>
    public static async ValueTask<Stream> ConnectAsync(DnsEndPoint host, CancellationToken cancellation)
    {
        var addresses = await Dns.GetHostAddressesAsync(host.Host, cancellation);
        var address = Array.Find(addresses, IsPublic) ?? throw new HttpRequestException("the host has no public address; 'private: true' allows others");
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(address, host.Port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>False for loopback, private, shared, link-local, multicast and reserved addresses (RFC 6890), also where IPv6 wraps them.</summary>
    public static bool IsPublic(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            return IsPublic(address.MapToIPv4());
        }

        var bytes = address.GetAddressBytes();
        if (address.AddressFamily == AddressFamily.InterNetworkV6)
        {
            // Of all of IPv6 only 2000::/3 is given out; in it are 6to4, Teredo and documentation, which lead elsewhere.
            return bytes[0] is >= 0x20 and < 0x40
                && (bytes[0], bytes[1]) != (0x20, 0x02)
                && (bytes[0], bytes[1], bytes[2]) is not (0x20, 0x01, 0x00 or 0x0d);
        }

        return bytes[0] switch
        {
            0 or 10 or 127 or >= 224 => false,
            100 => bytes[1] is < 64 or > 127,
            169 => bytes[1] != 254,
            172 => bytes[1] is < 16 or > 31,
            192 => bytes[1] != 168 && (bytes[1], bytes[2]) is not (0, 0 or 2) and not (88, 99),
            198 => bytes[1] is not (18 or 19) && (bytes[1], bytes[2]) != (51, 100),
            203 => (bytes[1], bytes[2]) != (0, 113),
            _ => true,
        };
    }
}
