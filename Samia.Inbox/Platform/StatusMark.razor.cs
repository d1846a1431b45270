using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Samia.Data;

namespace Samia.Inbox.Platform;

/// <summary>Says that a business is not as usual: nothing beside one that is active.</summary>
public sealed partial class StatusMark
{
    [Parameter, EditorRequired]
    public required BusinessStatus Status { get; set; }
}

/// <summary>How screens of the operator name a status.</summary>
internal static class StatusNames
{
    extension(IStringLocalizer<Texts> L)
    {
        public string StatusName(BusinessStatus status) => status switch
        {
            BusinessStatus.Suspended => L["Suspended"],
            BusinessStatus.Closed => L["Closed"],
            _ => L["Active"],
        };
    }
}
