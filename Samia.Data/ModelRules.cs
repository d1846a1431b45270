using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Samia.Data;

/// <summary>What holds for every table, so that no configuration has to say it.</summary>
internal static class ModelRules
{
    public static void Apply(ModelBuilder modelBuilder)
    {
        foreach (var entity in modelBuilder.Model.GetEntityTypes().Where(e => e.GetTableName() is not null).ToList())
        {
            if (entity.ClrType.IsAssignableTo(typeof(TenantEntity)))
            {
                modelBuilder.Entity(entity.ClrType).HasKey(nameof(TenantEntity.BusinessId), nameof(TenantEntity.Id));
                entity.FindProperty(nameof(TenantEntity.Id))!.ValueGenerated = ValueGenerated.Never;
            }

            foreach (var property in entity.GetProperties())
            {
                StoreEnumAsText(modelBuilder, entity, property);
            }

            // EF would delete what refers to a row along with it: a plan's businesses, a customer's bookings.
            foreach (var foreignKey in entity.GetForeignKeys().Where(f => !f.IsOwnership && !IsSaid(f)))
            {
                foreignKey.DeleteBehavior = DeleteBehavior.Restrict;
            }
        }
    }

    private static bool IsSaid(IMutableForeignKey foreignKey) =>
        ((IConventionForeignKey)foreignKey).GetDeleteBehaviorConfigurationSource() == ConfigurationSource.Explicit;

    private static void StoreEnumAsText(ModelBuilder modelBuilder, IMutableEntityType entity, IMutableProperty property)
    {
        var type = Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType;
        if (!type.IsEnum)
        {
            return;
        }

        property.SetValueConverter(
            (ValueConverter)Activator.CreateInstance(typeof(SnakeCaseEnumConverter<>).MakeGenericType(type))!);
        var column = JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name);
        var values = string.Join(", ", Enum.GetNames(type).Select(n => $"'{JsonNamingPolicy.SnakeCaseLower.ConvertName(n)}'"));
        modelBuilder.Entity(entity.ClrType).ToTable(t =>
            t.HasCheckConstraint($"ck_{entity.GetTableName()}_{column}", $"{column} in ({values})"));
    }
}

/// <summary>Stores an enum as its snake_case name, so that rows can be read without the code.</summary>
internal sealed class SnakeCaseEnumConverter<T>() : ValueConverter<T, string>(
    value => StoredEnum.NameOf(value), text => StoredEnum.Parse<T>(text)) where T : struct, Enum;
