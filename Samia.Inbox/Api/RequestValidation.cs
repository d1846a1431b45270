using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;

namespace Samia.Inbox.Api;

/// <summary>Holds what requests bring to the attributes of their types, which the API's description tells too.</summary>
internal static class RequestValidation
{
    public static TBuilder WithValidation<TBuilder>(this TBuilder endpoints) where TBuilder : IEndpointConventionBuilder =>
        endpoints.AddEndpointFilter<TBuilder>(async (context, next) =>
        {
            var errors = new Dictionary<string, string[]>();
            foreach (var argument in context.Arguments)
            {
                Check(argument, "", errors);
            }

            return errors.Count == 0 ? await next(context) : ApiProblems.Of(
                StatusCodes.Status422UnprocessableEntity, "invalid", string.Join(' ', errors.Values.SelectMany(e => e)), errors);
        });

    private static void Check(object? value, string path, Dictionary<string, string[]> errors)
    {
        if (value is IReadOnlyList<object> items)
        {
            for (var i = 0; i < items.Count; i++)
            {
                Check(items[i], $"{path}[{i}]", errors);
            }
        }
        else if (value is not null && IsRequest(value.GetType()))
        {
            foreach (var property in value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
            {
                Check(value, property, path.Length == 0 ? "" : path + ".", errors);
            }
        }
    }

    private static void Check(object owner, PropertyInfo property, string prefix, Dictionary<string, string[]> errors)
    {
        var (value, name) = (property.GetValue(owner), JsonNamingPolicy.CamelCase.ConvertName(property.Name));
        var context = new ValidationContext(owner) { MemberName = property.Name, DisplayName = name };
        var results = new List<ValidationResult>();
        if (!Validator.TryValidateValue(value!, context, results, property.GetCustomAttributes<ValidationAttribute>()))
        {
            errors[prefix + name] = [.. results.Select(r => r.ErrorMessage!)];
        }
        else
        {
            Check(value, prefix + name, errors);
        }
    }

    // Handlers take services too; what a request brings is a record of this room.
    private static bool IsRequest(Type type) => type.Namespace?.StartsWith(typeof(RequestValidation).Namespace!, StringComparison.Ordinal) == true
        && type.GetMethod("<Clone>$") is not null;
}
