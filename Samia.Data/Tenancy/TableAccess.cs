using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Samia.Data;

/// <summary>What each database role may do with a table; <see cref="RowLevelSecurity"/> turns it into SQL.</summary>
internal static class TableAccess
{
    private const string App = "Samia:App";
    private const string Platform = "Samia:Platform";

    extension<T>(EntityTypeBuilder<T> table) where T : class
    {
        /// <summary>The verbs of <c>samia_app</c> within its own business. Default for a tenant table: all four.</summary>
        public EntityTypeBuilder<T> AppMay(string verbs)
        {
            table.HasAnnotation(App, verbs);
            return table;
        }

        /// <summary>The verbs of <c>samia_platform</c>, over all businesses. Default: none.</summary>
        public EntityTypeBuilder<T> PlatformMay(string verbs)
        {
            table.HasAnnotation(Platform, verbs);
            return table;
        }
    }

    extension(IReadOnlyEntityType table)
    {
        public string? AppVerbs => (string?)table.FindAnnotation(App)?.Value
            ?? (table.ClrType.IsAssignableTo(typeof(TenantEntity)) ? "select, insert, update, delete" : null);

        public string? PlatformVerbs => (string?)table.FindAnnotation(Platform)?.Value;
    }
}
