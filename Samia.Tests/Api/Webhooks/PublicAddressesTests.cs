using System.Net;
using Microsoft.Extensions.Options;
using Samia.Inbox.Api.Webhooks;

namespace Samia.Tests.Api.Webhooks;

/// <summary>A webhook cannot reach what the world cannot reach.</summary>
public sealed class PublicAddressesTests
{
    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("10.1.2.3")]
    [InlineData("100.64.0.1")]
    [InlineData("100.127.255.255")]
    [InlineData("127.0.0.1")]
    [InlineData("127.255.255.254")]
    [InlineData("169.254.169.254")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.0.0.1")]
    [InlineData("192.0.2.1")]
    [InlineData("192.88.99.1")]
    [InlineData("192.168.1.1")]
    [InlineData("198.18.0.1")]
    [InlineData("198.19.255.255")]
    [InlineData("198.51.100.1")]
    [InlineData("203.0.113.1")]
    [InlineData("224.0.0.1")]
    [InlineData("239.255.255.255")]
    [InlineData("240.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("::127.0.0.1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("64:ff9b::7f00:1")]
    [InlineData("64:ff9b:1::1")]
    [InlineData("100::1")]
    [InlineData("2001::1")]
    [InlineData("2001:db8::1")]
    [InlineData("2002:7f00:1::")]
    [InlineData("3fff::1")]
    [InlineData("5f00::1")]
    [InlineData("fc00::1")]
    [InlineData("fd12:3456::1")]
    [InlineData("fe80::1")]
    [InlineData("fec0::1")]
    [InlineData("ff02::1")]
    public void What_is_not_public_is_refused(string address) => Assert.False(With("").MayCall(IPAddress.Parse(address)));

    [Theory]
    [InlineData("1.1.1.1")]
    [InlineData("100.63.255.255")]
    [InlineData("100.128.0.1")]
    [InlineData("172.15.255.255")]
    [InlineData("172.32.0.1")]
    [InlineData("223.255.255.255")]
    [InlineData("::ffff:8.8.8.8")]
    [InlineData("2606:4700:4700::1111")]
    [InlineData("2a00:1450:4001:80e::200e")]
    public void What_is_public_is_called_but_not_without_encryption(string address)
    {
        var addresses = With("");
        Assert.True(addresses.MayCall(IPAddress.Parse(address)));
        Assert.False(addresses.IsAllowed(IPAddress.Parse(address)));
    }

    [Fact]
    public void The_operator_allows_networks_and_nothing_beside_them()
    {
        var addresses = With("10.20.0.0/16, 192.168.7.7, fd00::/8");
        Assert.All(["10.20.255.1", "::ffff:10.20.0.1", "192.168.7.7", "fd00::1"], a => Assert.True(addresses.MayCall(IPAddress.Parse(a)) && addresses.IsAllowed(IPAddress.Parse(a))));
        Assert.All(["10.21.0.1", "192.168.7.8", "fc00::1", "127.0.0.1"], a => Assert.False(addresses.MayCall(IPAddress.Parse(a))));
    }

    [Theory]
    [InlineData("10.0.0.0/33")]
    [InlineData("the office")]
    public void What_is_no_network_keeps_the_node_from_starting(string networks)
    {
        var result = new ValidateWebhookOptions().Validate(null, new WebhookOptions { AllowedNetworks = networks });
        Assert.Contains("OutgoingWebhooks:AllowedNetworks", Assert.Single(result.Failures!));
    }

    private static PublicAddresses With(string allowed) => new(Options.Create(new WebhookOptions { AllowedNetworks = allowed }));
}
