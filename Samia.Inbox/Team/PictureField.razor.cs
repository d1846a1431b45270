using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;

namespace Samia.Inbox.Team;

/// <summary>Shows an employee's picture and takes another.</summary>
public sealed partial class PictureField : IDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private string? _problem;
    private bool _busy;

    [Parameter, EditorRequired]
    public required Guid EmployeeId { get; set; }

    [Parameter, EditorRequired]
    public required string Name { get; set; }

    /// <summary>Of the picture there is; null for none.</summary>
    [Parameter, EditorRequired]
    public required string? Version { get; set; }

    /// <summary>Keeps a file as the picture, or none. What it refuses is shown here.</summary>
    [Parameter, EditorRequired]
    public required Func<byte[]?, CancellationToken, Task> Save { get; set; }

    public void Dispose()
    {
        _gone.Cancel();
    }

    private async Task ChooseAsync(InputFileChangeEventArgs chosen)
    {
        if (chosen.File.Size > Avatars.MaxUploadBytes)
        {
            _problem = Avatars.TooLarge(L).Message;
            return;
        }

        _busy = true;
        StateHasChanged();
        try
        {
            using var file = new MemoryStream();
            await using var upload = chosen.File.OpenReadStream(Avatars.MaxUploadBytes, _gone.Token);
            await upload.CopyToAsync(file, _gone.Token);
            await SaveAsync(file.ToArray());
        }
        catch (IOException)
        {
            _problem = L["The file could not be read to its end. Choose it once more."];
        }
        catch (OperationCanceledException) when (_gone.IsCancellationRequested)
        {
        }
        finally
        {
            _busy = false;
        }
    }

    private async Task SaveAsync(byte[]? file)
    {
        _problem = null;
        try
        {
            await Save(file, _gone.Token);
        }
        catch (Exception refused) when (refused is TeamRefusedException or NotPermittedException)
        {
            _problem = refused.Message;
        }
    }
}
