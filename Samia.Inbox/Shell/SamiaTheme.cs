using MudBlazor;

namespace Samia.Inbox.Shell;

/// <summary>The house colours. Samia's own components use the variables of wwwroot-assets/css/samia.css, made of these.</summary>
internal static class SamiaTheme
{
    public static MudTheme Theme { get; } = new()
    {
        PaletteLight = new PaletteLight
        {
            Primary = "#0f6b62",
            PrimaryContrastText = "#ffffff",
            Secondary = "#8a5a16",
            Background = "#f6f4f0",
            Surface = "#ffffff",
            TextPrimary = "#1d2327",
            TextSecondary = "#566069",
            ActionDefault = "#566069",
            Error = "#b3261e",
            Warning = "#8a5a16",
            Success = "#1b6e3c",
            Info = "#1f5f8b",
            LinesDefault = "#e4dfd7",
            Divider = "#e4dfd7",
        },
        PaletteDark = new PaletteDark
        {
            Primary = "#5cc4b6",
            PrimaryContrastText = "#06251f",
            Secondary = "#e2b566",
            Background = "#12161a",
            Surface = "#1a1f24",
            TextPrimary = "#e8eaec",
            TextSecondary = "#a3adb5",
            ActionDefault = "#a3adb5",
            Error = "#ff8a80",
            Warning = "#e2b566",
            Success = "#7fd19b",
            Info = "#7fb8e0",
            LinesDefault = "#2b3238",
            Divider = "#2b3238",
        },
        LayoutProperties = new LayoutProperties { DefaultBorderRadius = "10px" },
        Typography = new Typography
        {
            Default = new DefaultTypography
            {
                FontFamily = ["Inter", "system-ui", "Segoe UI", "Roboto", "Noto Sans", "Noto Sans Arabic", "sans-serif"],
            },
            Button = new ButtonTypography { TextTransform = "none", FontWeight = "600" },
        },
    };
}
