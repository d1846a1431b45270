using SkiaSharp;

namespace Samia.Inbox.Team;

/// <summary>
/// Makes the picture that is kept of one that somebody sent: its middle as a small square, drawn anew, so that nothing
/// of the file itself (where it was taken, or what hides in it) is kept or served.
/// </summary>
internal static class AvatarImage
{
    public const string ContentType = "image/webp";
    private const int Side = 256;
    private const int Quality = 85;
    private const int MaxPixels = 40_000_000;
    private static readonly SKEncodedImageFormat[] Accepted = [SKEncodedImageFormat.Png, SKEncodedImageFormat.Jpeg, SKEncodedImageFormat.Webp];

    // A picture is hundreds of times larger in memory than as a file.
    private static readonly SemaphoreSlim OneAtATime = new(1);

    /// <returns>A WebP file of some kilobytes; null if it is no picture that can be read: a PNG, JPEG or WebP of at most 40 megapixels.</returns>
    public static async Task<byte[]?> DrawAsync(byte[] file, CancellationToken cancellationToken)
    {
        await OneAtATime.WaitAsync(cancellationToken);
        try
        {
            return await Task.Run(() => Draw(file), cancellationToken);
        }
        finally
        {
            OneAtATime.Release();
        }
    }

    private static byte[]? Draw(byte[] file)
    {
        using var data = SKData.CreateCopy(file);
        using var codec = SKCodec.Create(data);
        if (codec is null || !Accepted.Contains(codec.EncodedFormat) || (long)codec.Info.Width * codec.Info.Height is 0 or > MaxPixels)
        {
            return null;
        }

        // A JPEG is decoded to an eighth at best, which is all that is needed of a large one.
        var shorter = Math.Min(codec.Info.Width, codec.Info.Height);
        var size = codec.GetScaledDimensions(Math.Min(1f, 2f * Side / shorter));
        using var decoded = new SKBitmap(new SKImageInfo(size.Width, size.Height, SKColorType.Rgba8888, SKAlphaType.Premul));
        if (codec.GetPixels(decoded.Info, decoded.GetPixels()) != SKCodecResult.Success)
        {
            return null;
        }

        using var square = new SKBitmap(new SKImageInfo(Side, Side, SKColorType.Rgba8888, SKAlphaType.Premul));
        using (var canvas = new SKCanvas(square))
        {
            // Behind what is transparent.
            canvas.Clear(SKColors.White);
            Turn(canvas, codec.EncodedOrigin);
            using var image = SKImage.FromBitmap(decoded);
            var edge = Math.Min(size.Width, size.Height);
            var middle = SKRect.Create((size.Width - edge) / 2f, (size.Height - edge) / 2f, edge, edge);
            canvas.DrawImage(image, middle, SKRect.Create(Side, Side), new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        }

        using var encoded = square.Encode(SKEncodedImageFormat.Webp, Quality);
        return encoded.ToArray();
    }

    // A camera keeps the picture as its sensor lay and says how it is to be turned. The middle square turns into itself.
    private static void Turn(SKCanvas canvas, SKEncodedOrigin origin)
    {
        var (degrees, mirrored) = origin switch
        {
            SKEncodedOrigin.TopRight => (0, true),
            SKEncodedOrigin.BottomRight => (180, false),
            SKEncodedOrigin.BottomLeft => (180, true),
            SKEncodedOrigin.LeftTop => (270, true),
            SKEncodedOrigin.RightTop => (90, false),
            SKEncodedOrigin.RightBottom => (90, true),
            SKEncodedOrigin.LeftBottom => (270, false),
            _ => (0, false),
        };
        canvas.RotateDegrees(degrees, Side / 2f, Side / 2f);
        if (mirrored)
        {
            canvas.Scale(-1, 1, Side / 2f, Side / 2f);
        }
    }
}
