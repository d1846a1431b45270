using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Samia.Data;

/// <summary>What each database role may do with a table; <see cref="RowLevelSecurity"/> turns it into SQL.</summary>
internal static class TableAccess
{
    private const string App = "Samia:App";
    private const string Platform = "Samia:Platform";
    private const string Sees = "Samia:AppSees";
    private const string Secret = "Samia:Secret";
    private const string Withheld = "Samia:Withheld";

    extension<T>(EntityTypeBuilder<T> table) where T : class
    {
        /// <summary>The verbs of <c>samia_app</c> within its own business. Default for a tenant table: all four.</summary>
        public EntityTypeBuilder<T> AppMay(string verbs)
        {
            table.HasAnnotation(App, verbs);
            return table;
        }

        /// <summary>
        /// A column that <c>samia_app</c> may read but neither insert nor update: what is unique over all businesses, or
        /// refers to a table of no business, would tell it what others have.
        /// </summary>
        public EntityTypeBuilder<T> AppMayNotWrite(Expression<Func<T, object?>> column)
        {
            table.HasAnnotation(Withheld, string.Join(',', [.. table.Metadata.Withheld, table.Property(column).Metadata.Name]));
            return table;
        }

        /// <summary>Which rows <c>samia_app</c> sees of a table that belongs to no business, as a condition in SQL.</summary>
        public EntityTypeBuilder<T> AppSees(string condition)
        {
            table.HasAnnotation(Sees, condition);
            return table;
        }

        /// <summary>The verbs of <c>samia_platform</c>, over all businesses. Default: none.</summary>
        public EntityTypeBuilder<T> PlatformMay(string verbs)
        {
            table.HasAnnotation(Platform, verbs);
            return table;
        }
    }

    extension<T>(PropertyBuilder<T> column)
    {
        /// <summary>Holds a ciphertext of <see cref="SecretProtector"/>, under the purpose <c>table.column</c>.</summary>
        public PropertyBuilder<T> IsSecret()
        {
            column.HasAnnotation(Secret, true);
            return column;
        }
    }

    extension(IReadOnlyProperty column)
    {
        public bool IsSecret => column.FindAnnotation(Secret) is not null;
    }

    extension(IReadOnlyEntityType table)
    {
        public string? AppVerbs => (string?)table.FindAnnotation(App)?.Value
            ?? (table.ClrType.IsAssignableTo(typeof(TenantEntity)) ? "select, insert, update, delete" : null);

        public string AppCondition => (string?)table.FindAnnotation(Sees)?.Value
            ?? (table.ClrType == typeof(Business) ? "id" : "business_id") + " = (select app.current_business_id())";

        /// <summary>The properties that <c>samia_app</c> may not write.</summary>
        public string[] Withheld => ((string?)table.FindAnnotation(TableAccess.Withheld)?.Value)?.Split(',') ?? [];

        public string? PlatformVerbs => (string?)table.FindAnnotation(Platform)?.Value;
    }
}
