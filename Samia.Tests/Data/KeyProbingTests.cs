using Npgsql;
using Samia.Tests.Support;

namespace Samia.Tests.Data;

/// <summary>
/// Keys are no oracle: nothing that a business writes tells it, by an error or by its absence, what another business
/// has. Policies do not help here, because Postgres checks keys with all rows in sight.
/// </summary>
public sealed class KeyProbingTests(TwoTenants two) : IClassFixture<TwoTenants>
{
    // Unique over all businesses, so whoever may write one learns whether another has it.
    private static readonly Dictionary<string, string> GloballyUnique = new()
    {
        ["pk_businesses"] = "samia_platform registers businesses, and the id is random",
        ["ix_businesses_slug"] = "samia_platform makes it from the name and adds a number where it is taken",
        ["ix_businesses_stripe_customer_id"] = "samia_platform writes what the payment provider says, and no person chooses it",
        ["ix_businesses_phone_number_id"] = "samia_platform connects a number, which Meta gives to one business",
    };

    [Fact]
    public async Task A_row_cannot_refer_to_another_business_and_an_id_that_exists_there_is_like_any_other()
    {
        var probed = 0;
        foreach (var table in two.Tables.Where(t => t.IsTenantTable))
        {
            // A business of its own, which has all that the table refers to and no row in it yet.
            var c = new TenantRows([.. two.A.Tables], ordinal: 2);
            await c.InsertWhatItNeedsAsync(table, two.Superuser);
            await two.App.EnterAsync(c.BusinessId);
            foreach (var reference in table.References.Where(r => r.Columns.Length > 1))
            {
                var theirs = await ProbeAsync(c, table, reference, two.A.Row(reference.Table)["id"]!);
                var nobodys = await ProbeAsync(c, table, reference, Guid.CreateVersion7().ToString());
                Assert.Equal(nobodys, theirs);
                Assert.All(theirs, answer => Assert.Contains(answer,
                    (string[])[$"23503 {reference.Name}", PostgresErrorCodes.InsufficientPrivilege + " "]));
                probed++;
            }
        }

        await two.App.EnterAsync(two.B.BusinessId);
        Assert.True(probed >= 12, "The catalogue has too few references.");
    }

    /// <summary>Its own id is the only one that a row may name as its business, be the other there or not.</summary>
    [Fact]
    public async Task A_business_that_exists_is_refused_like_one_that_does_not() =>
        Assert.Empty(await two.OffendersAsync(async table =>
        {
            var answers = new List<string>();
            foreach (var business in (Guid[])[two.A.BusinessId, Guid.CreateVersion7()])
            {
                var row = await two.B.MakeAsync(table, two.Superuser, (table.OwnerColumn!, business.ToString()));
                await using var insert = TenantRows.Insert(table, row, two.App);
                answers.Add((await two.App.RefusalAsync(insert))?.MessageText ?? "");
            }

            return answers[0].Length == 0 || answers[0] != answers[1];
        }));

    [Fact]
    public async Task A_column_that_refers_to_a_table_of_no_business_is_not_for_the_app_role_to_write()
    {
        var offenders = new List<string>();
        foreach (var table in two.Tables)
        {
            foreach (var column in table.References.Where(r => !r.Columns.Contains(table.OwnerColumn)).SelectMany(r => r.Columns))
            {
                if (await MayWriteAsync(table, column))
                {
                    offenders.Add($"{table.Name}.{column}");
                }
            }
        }

        Assert.Empty(offenders);
    }

    /// <summary>A twin of A, every id and every key the same, is written as if A did not exist.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("on conflict ({key}) do update set {column} = excluded.{column}")]
    public async Task Every_unique_key_of_a_business_is_free_for_another(string suffix)
    {
        var twin = new TenantRows([.. two.A.Tables], ordinal: 0);
        var written = 0;
        await twin.InsertBusinessAsync(two.Superuser);
        await two.App.EnterAsync(twin.BusinessId);
        foreach (var table in two.Tables.Where(t => t.IsTenantTable))
        {
            // The business's id may stand in other columns too.
            var row = two.A.Row(table.Name).ToDictionary(c => c.Key, c => c.Value == two.A.BusinessId.ToString() ? twin.BusinessId.ToString() : c.Value);
            await using var byApp = TenantRows.Insert(table, row, two.App, two.In(table, suffix));
            var refused = await two.App.RefusalAsync(byApp);
            Assert.True(refused is null or { SqlState: PostgresErrorCodes.InsufficientPrivilege }, $"{table.Name}: {refused?.Message}");
            written += refused is null ? 1 : 0;
            await using var kept = TenantRows.Insert(table, row, two.Superuser);
            await kept.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        await two.App.EnterAsync(two.B.BusinessId);
        Assert.True(written >= 8, "The app role wrote too few of the rows.");
    }

    [Fact]
    public async Task A_key_that_is_unique_over_all_businesses_is_not_for_the_app_role_to_write()
    {
        var global = two.Tables.SelectMany(t => t.UniqueKeys.Where(k => k.Columns?[0] != CatalogueColumn.Business).Select(k => (Table: t, Key: k))).ToList();
        Assert.Equal(GloballyUnique.Keys.Order(), global.Select(g => g.Key.Name).Order());
        foreach (var (table, key) in global)
        {
            Assert.False(await MayWriteAsync(table, Assert.Single(key.Columns!)), $"{key.Name} is an oracle");
        }
    }

    private async Task<string[]> ProbeAsync(TenantRows rows, CatalogueTable table, CatalogueReference reference, string id)
    {
        var column = Assert.Single(reference.Columns, c => c != CatalogueColumn.Business);
        var row = await rows.MakeAsync(table, two.Superuser, (column, id));
        await using var insert = TenantRows.Insert(table, row, two.App);
        var inserted = await two.App.RefusalAsync(insert);

        // And by an update of a row that refers to an own one, where there is one.
        var valid = rows.Has(reference.Table)
            ? await rows.MakeAsync(table, two.Superuser, (column, rows.Row(reference.Table)["id"]!))
            : await rows.MakeAsync(table, two.Superuser);
        await using var transaction = await two.Superuser.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using var write = TenantRows.Insert(table, valid, two.Superuser);
        await write.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        await two.Superuser.ScalarAsync("select set_config('app.business_id', $1, true)", rows.BusinessId.ToString());
        await two.Superuser.ScalarAsync("set local role samia_app");
        await using var update = two.Superuser.Command(
            $"update \"{table.Name}\" set \"{column}\" = $1 where business_id = $2", Guid.Parse(id), rows.BusinessId);
        var updated = await Record.ExceptionAsync(() => update.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));
        return [Answer(inserted), Answer(updated as PostgresException)];
    }

    private static string Answer(PostgresException? refused) => refused is null ? "done" : $"{refused.SqlState} {refused.ConstraintName}";

    private async Task<bool> MayWriteAsync(CatalogueTable table, string column) =>
        (bool)(await two.Superuser.ScalarAsync(
            "select has_column_privilege('samia_app', $1, $2, 'insert') or has_column_privilege('samia_app', $1, $2, 'update')",
            table.Name, column))!;
}
