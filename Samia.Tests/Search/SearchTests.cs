using Microsoft.Extensions.DependencyInjection;
using Samia.Inbox;
using Samia.Inbox.Shell;
using Samia.Inbox.Platform;
using Samia.Inbox.Team;
using Samia.Tests.Data;
using Samia.Tests.Support;

namespace Samia.Tests.Search;

/// <summary>
/// No free-text search can be made to show rows of another business, or to fail, by what is typed into it. Searches are
/// found by their convention (see <see cref="SearchMethod"/>), so that a new one is tested by being there.
/// </summary>
public sealed class SearchTests(TwoTenants two, TestServers servers) : IClassFixture<TwoTenants>, IAsyncLifetime
{
    private TestInbox _inbox = null!;
    private SearchProbe _probe = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _inbox = await TestInbox.StartAsync(servers, two.Database);
        _probe = new SearchProbe(two);
        // B is somewhere on earth, and its employee may do everything.
        await two.Superuser.ScalarAsync("update businesses set time_zone = 'Asia/Beirut', locale = 'en' where id = $1", two.B.BusinessId);
        await two.Superuser.ScalarAsync("update roles set permissions = $1 where business_id = $2", Permissions.All.ToArray(), two.B.BusinessId);
    }

    public ValueTask DisposeAsync() => _inbox.DisposeAsync();

    [Fact]
    public async Task No_search_of_the_product_shows_another_business_or_fails_whatever_is_typed()
    {
        // The operator's search is over all businesses, and refused to everybody in one.
        foreach (var search in SearchMethod.Of(typeof(SamiaInbox).Assembly).Where(s => s.Method.DeclaringType != typeof(BusinessDirectory)))
        {
            await using var scope = EmployeeOfB();
            object Service() => scope.ServiceProvider.GetRequiredService(search.Method.DeclaringType!);
            Assert.Empty(await _probe.OffencesOfAsync(search, Service, Cancellation));
            Assert.True(await _probe.FindsItsOwnAsync(search, Service, Cancellation), $"{search} finds nothing at all.");
        }
    }

    [Fact]
    public void Every_search_has_the_name_by_which_it_is_found() =>
        Assert.Empty(SearchMethod.Misnamed(typeof(SamiaInbox).Assembly));

    [Fact]
    public async Task A_search_that_is_right_passes_the_test()
    {
        await using var scope = EmployeeOfB();
        var search = Control<RightSearch>();
        Assert.Empty(await _probe.OffencesOfAsync(search, () => Create<RightSearch>(scope), Cancellation));
        Assert.True(await _probe.FindsItsOwnAsync(search, () => Create<RightSearch>(scope), Cancellation));
    }

    [Fact]
    public async Task A_search_that_joins_text_to_SQL_fails_the_test()
    {
        await using var scope = EmployeeOfB();
        var offences = await _probe.OffencesOfAsync(Control<JoinedSearch>(), () => Create<JoinedSearch>(scope), Cancellation);
        Assert.Contains(offences, o => o.Contains("PostgresException"));
    }

    [Fact]
    public async Task A_search_that_looks_over_all_businesses_fails_the_test()
    {
        await using var scope = EmployeeOfB();
        var offences = await _probe.OffencesOfAsync(Control<WideSearch>(), () => Create<WideSearch>(scope), Cancellation);
        Assert.Contains(offences, o => o.Contains("shows"));
    }

    [Fact]
    public void A_search_that_cannot_be_called_fails_the_test() =>
        Assert.Throws<NotSupportedException>(() => Control<UncallableSearch>().ArgumentsFor("a", [], Cancellation));

    [Theory]
    [InlineData(null, null)]
    [InlineData(" \t ", null)]
    [InlineData("\u0000", null)]
    [InlineData("\uD83D", null)]
    [InlineData(" Layla  Haddad ", "Layla  Haddad")]
    [InlineData("a\u0000\uDE00b", "ab")]
    [InlineData("😀", "😀")]
    public void What_was_typed_is_freed_of_what_cannot_be_stored(string? typed, string? text) => Assert.Equal(text, SearchText.Of(typed));

    [Fact]
    public void What_was_typed_is_cut_and_its_signs_mean_themselves()
    {
        Assert.Equal(SearchText.MaxLength, SearchText.Of(new string('a', 100_000))!.Length);
        Assert.Equal("%50\\% \\\\ a\\_b%", SearchText.Pattern("50% \\ a_b"));
    }

    private AsyncServiceScope EmployeeOfB() => _inbox.Services.CreateTenantScope(two.B.BusinessId, Guid.Parse(two.B.Row("employees")["id"]!));

    private static SearchMethod Control<T>() =>
        Assert.Single(SearchMethod.Of(typeof(T).Assembly), m => m.Method.DeclaringType == typeof(T));

    private static T Create<T>(AsyncServiceScope scope) => ActivatorUtilities.CreateInstance<T>(scope.ServiceProvider);
}
