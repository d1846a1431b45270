using Microsoft.EntityFrameworkCore.Design;

namespace Samia.Data;

/// <summary>For <c>dotnet ef migrations add</c>, which needs the model and no database.</summary>
internal sealed class DesignTimeFactory : IDesignTimeDbContextFactory<SamiaDbContext>
{
    public SamiaDbContext CreateDbContext(string[] args) =>
        new(SamiaData.OptionsFor("Host=localhost"), new TenantContext());
}
