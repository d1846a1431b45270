using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Samia.Data;

/// <summary>
/// The policies and grants of every table, generated from the model. Run after each migration: until it has run, a
/// new table has no grants, so nobody sees into it.
/// </summary>
public static class RowLevelSecurity
{
    /// <summary>A script that may be run any number of times.</summary>
    public static string Script(IModel model)
    {
        var sql = new StringBuilder("""
            create schema if not exists app;
            create or replace function app.current_business_id() returns uuid
                language sql stable parallel safe
                return nullif(current_setting('app.business_id', true), '')::uuid;
            grant usage on schema app, public to samia_app, samia_platform;
            grant execute on function app.current_business_id() to samia_app, samia_platform;
            grant select on "__EFMigrationsHistory" to samia_platform;

            """);
        sql.AppendLine(ActivityChainSql.Script).AppendLine(AnalyticsPartitions.Script).AppendLine(ClosedBusinessSql.Script);
        foreach (var entity in model.GetEntityTypes().Where(e => e.GetTableName() is not null && !e.IsOwned())
                     .OrderBy(e => e.GetTableName(), StringComparer.Ordinal))
        {
            AppendTable(sql, entity);
        }

        return sql.ToString();
    }

    private static void AppendTable(StringBuilder sql, IEntityType entity)
    {
        var table = entity.GetTableName()!;
        sql.AppendLine(CultureInfo.InvariantCulture, $"""
            alter table {table} enable row level security;
            alter table {table} force row level security;
            revoke all on {table} from samia_app, samia_platform;
            drop policy if exists tenant on {table};
            drop policy if exists platform on {table};
            """);

        if (entity.AppVerbs is { } app)
        {
            sql.AppendLine(CultureInfo.InvariantCulture, $"""
                create policy tenant on {table}
                    using ({entity.AppCondition}) with check ({entity.AppCondition});
                grant {GrantOf(entity, app)} on {table} to samia_app;
                """);
        }

        if (entity.PlatformVerbs is { } platform)
        {
            sql.AppendLine(CultureInfo.InvariantCulture, $"""
                create policy platform on {table} to samia_platform using (true) with check (true);
                grant {platform} on {table} to samia_platform;
                """);
        }
    }

    // Once one column is withheld, the others are granted one by one.
    private static string GrantOf(IEntityType entity, string verbs)
    {
        if (entity.Withheld.Length == 0)
        {
            return verbs;
        }

        var table = entity.GetTableMappings().Single().Table;
        var withheld = entity.Withheld.Select(name => table.FindColumn(entity.FindProperty(name)!)!);
        var columns = string.Join(", ", table.Columns.Except(withheld).Select(c => c.Name));
        return string.Join(", ", verbs.Split(", ").Select(verb => verb is "insert" or "update" ? $"{verb} ({columns})" : verb));
    }
}
