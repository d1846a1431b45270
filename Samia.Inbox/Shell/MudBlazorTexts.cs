using Microsoft.Extensions.Localization;
using MudBlazor;

namespace Samia.Inbox.Shell;

/// <summary>The kit's own words, such as "Close", from MudBlazor.ar.resx. English ones it has itself.</summary>
internal sealed class MudBlazorTexts(IStringLocalizerFactory factory) : MudLocalizer
{
    private readonly IStringLocalizer _texts = factory.Create("Shell.MudBlazor", "Samia.Inbox");

    public override LocalizedString this[string key] => _texts[key];

    public override LocalizedString this[string key, params object[] arguments] => _texts[key, arguments];
}
