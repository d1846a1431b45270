using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Samia.Data;
using Samia.Tests.Support;

namespace Samia.Tests.Data;

public sealed class SecretTests(TestServers servers)
{
    [Fact]
    public async Task A_secret_opens_only_in_the_business_and_the_column_that_it_was_stored_in()
    {
        await using var inbox = await TestInbox.StartAsync(servers);
        var a = await TestBusiness.CreateAsync(inbox, "A");
        var b = await TestBusiness.CreateAsync(inbox, "B");
        var secrets = inbox.Get<SecretProtector>();
        await using var db = await inbox.Get<IDbContextFactory<PlatformDbContext>>()
            .CreateDbContextAsync(TestContext.Current.CancellationToken);
        var from = await db.Businesses.SingleAsync(x => x.Id == a.Id, TestContext.Current.CancellationToken);
        var to = await db.Businesses.SingleAsync(x => x.Id == b.Id, TestContext.Current.CancellationToken);

        Assert.Equal(a.AccessToken, secrets.AccessTokenOf(from));
        Assert.DoesNotContain(a.AccessToken, from.AccessToken!);
        to.AccessToken = from.AccessToken;
        Assert.ThrowsAny<CryptographicException>(() => secrets.AccessTokenOf(to));
        from.AppSecret = from.AccessToken;
        Assert.ThrowsAny<CryptographicException>(() => secrets.AppSecretOf(from));
    }
}
