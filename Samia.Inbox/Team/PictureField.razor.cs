using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Samia.Inbox.Shell;

namespace Samia.Inbox.Team;

/// <summary>Shows an employee's picture and takes another.</summary>
public sealed partial class PictureField : WorkingComponent
{
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
            await using var upload = chosen.File.OpenReadStream(Avatars.MaxUploadBytes, Gone);
            await upload.CopyToAsync(file, Gone);
            await SaveAsync(file.ToArray());
        }
        catch (IOException)
        {
            _problem = L["The file could not be read to its end. Choose it once more."];
        }
        catch (OperationCanceledException) when (Gone.IsCancellationRequested)
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
            await Save(file, Gone);
        }
        catch (Exception refused) when (refused is TeamRefusedException or NotPermittedException)
        {
            _problem = refused.Message;
        }
    }
}
