using System.Globalization;

namespace Samia.Local.Simulator;

/// <summary>
/// Files that every number has, under ids that never change: what the demo's customers sent can still be fetched after
/// a restart.
/// </summary>
public static class SampleMedia
{
    private const string Prefix = "Samia.Local.Simulator.Samples.";
    private const long FirstId = 770_000_000_000_001;

    public static StoredMedia Picture { get; } = Load(1, "tarot-spread.jpg", "image/jpeg");
    public static StoredMedia Photo { get; } = Load(2, "tooth.jpg", "image/jpeg");
    public static StoredMedia Voice { get; } = Load(3, "voice-note.ogg", "audio/ogg; codecs=opus");
    public static StoredMedia Document { get; } = Load(4, "document.pdf", "application/pdf");
    public static StoredMedia Sticker { get; } = Load(5, "sticker.webp", "image/webp");
    public static IReadOnlyList<StoredMedia> All { get; } = [Picture, Photo, Voice, Document, Sticker];

    public static StoredMedia? Find(string id) => All.FirstOrDefault(m => m.Id == id);

    public static StoredMedia Named(string fileName) => All.FirstOrDefault(m => m.FileName == fileName)
        ?? throw new ArgumentException($"There is no sample '{fileName}'; there are {string.Join(", ", All.Select(m => m.FileName))}.");

    private static StoredMedia Load(int number, string name, string mimeType)
    {
        using var resource = typeof(SampleMedia).Assembly.GetManifestResourceStream(Prefix + name)!;
        var bytes = new byte[resource.Length];
        resource.ReadExactly(bytes);
        return new StoredMedia((FirstId + number).ToString(CultureInfo.InvariantCulture), mimeType, bytes, name);
    }
}
