using System.IO.Compression;
using System.Net;
using Samia.Inbox.Platform;
using Samia.Tests.Support;
using Samia.Tests.Team;

namespace Samia.Tests.Platform;

/// <summary>The operator downloads a full export from the page of a business.</summary>
public sealed class ExportDownloadTests(RunningInbox running) : IClassFixture<RunningInbox>
{
    private TestInbox Inbox => running.Inbox;
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_is_a_whole_archive_and_counts_as_made()
    {
        var business = await TestBusiness.CreateAsync(Inbox);
        var person = await TestOperator.CreateAsync(Inbox);
        await using var olivia = await OperatorDesk.OpenAsync(Inbox, person);
        using var visitor = await VisitorAsync(person);
        using var response = await visitor.GetAsync(await olivia.Get<ExportDownload>().TicketAsync(business.Id, Stop));
        Assert.Equal((HttpStatusCode.OK, "application/zip"), (response.StatusCode, response.Content.Headers.ContentType!.MediaType));
        Assert.Contains(business.Id.ToString(), response.Content.Headers.ContentDisposition!.FileName);

        await using var zip = new ZipArchive(await response.Content.ReadAsStreamAsync(Stop));
        Assert.NotNull(zip.GetEntry(ExportManifest.FileName));
        await Eventually.TrueAsync(async () => await Inbox.Database.ScalarAsync<long>(
            "select count(*) from activity_logs where business_id = $1 and action = 'business.exported' and actor_kind = 'operator' and details ->> 'by' = $2",
            business.Id, person.Name) == 1);
        Assert.Equal(1, await Inbox.Database.ScalarAsync<long>("select count(*) from businesses where id = $1 and exported_at is not null", business.Id));
    }

    [Fact]
    public async Task An_address_that_is_somebody_elses_or_of_another_business_or_made_up_fetches_nothing()
    {
        var (business, other) = (await TestBusiness.CreateAsync(Inbox), await TestBusiness.CreateAsync(Inbox));
        await using var olivia = await OperatorDesk.OpenAsync(Inbox);
        var address = await olivia.Get<ExportDownload>().TicketAsync(business.Id, Stop);
        using var stranger = await VisitorAsync(await TestOperator.CreateAsync(Inbox));
        using var self = await VisitorAsync(olivia.Person);
        await RefusedAsync(stranger, address);
        await RefusedAsync(self, address.Replace(business.Id.ToString(), other.Id.ToString()));
        await RefusedAsync(self, address.Split('?')[0]);
        await RefusedAsync(self, address.Split('?')[0] + "?ticket=made-up");

        using var nobody = new WebVisitor(Inbox);
        using var turned = await nobody.GetAsync(address);
        Assert.StartsWith("/sign-in", nobody.LocationOf(turned));
        using var admin = new WebVisitor(Inbox);
        await admin.SignInAsync(business, "Admin");
        await RefusedAsync(admin, address);
        Assert.Equal(0, await Inbox.Database.ScalarAsync<long>("select count(*) from businesses where id = $1 and exported_at is not null", business.Id));
    }

    [Fact]
    public async Task A_download_that_breaks_off_does_not_count()
    {
        var business = await TestBusiness.CreateAsync(Inbox);
        var stopped = new CancellationTokenSource();
        await using var stream = new StreamThatCallsBack(() => stopped.CancelAsync());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Inbox.Get<BusinessExport>().WriteAsync(business.Id, stream, stopped.Token));
        Assert.Equal(0, await Inbox.Database.ScalarAsync<long>("select count(*) from businesses where id = $1 and exported_at is not null", business.Id));
    }

    private static async Task RefusedAsync(WebVisitor visitor, string address)
    {
        using var response = await visitor.GetAsync(address);
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    private async Task<WebVisitor> VisitorAsync(TestOperator person)
    {
        var visitor = new WebVisitor(Inbox);
        visitor.Cookies.Add(visitor.Address, await person.SignInAsync(Inbox));
        return visitor;
    }
}
