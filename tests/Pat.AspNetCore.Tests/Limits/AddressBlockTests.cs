using System.Net;

namespace Pat.AspNetCore.Tests;

public sealed class AddressBlockTests
{
    [Theory]
    [InlineData("203.0.113.7", "203.0.113.7")]
    [InlineData("::ffff:203.0.113.7", "203.0.113.7")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64")]
    [InlineData("fe80::1%3", "fe80::/64")]
    [InlineData("::1", "::/64")]
    public void An_address_is_told_by_what_one_caller_can_have(string address, string told) =>
        Assert.Equal(told, AddressBlock.Of(IPAddress.Parse(address))?.ToString());

    [Theory]
    [InlineData("203.0.113.7", "::ffff:203.0.113.7", true)]
    [InlineData("203.0.113.7", "203.0.113.8", false)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    [InlineData("0.0.0.1", "::1:0:0:0:0", false)]
    public void Addresses_of_one_network_are_one(string one, string other, bool areOne) =>
        Assert.Equal(areOne, AddressBlock.Of(IPAddress.Parse(one)) == AddressBlock.Of(IPAddress.Parse(other)));

    [Fact]
    public void A_connection_without_an_address_has_none() => Assert.Null(AddressBlock.Of(null));
}
