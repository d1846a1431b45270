namespace Samia.Inbox.Shell;

/// <summary>An entry of a queue that this node works on until the claim ends.</summary>
internal interface IClaim
{
    Guid BusinessId { get; }

    Guid Id { get; }

    /// <summary>What it counts against: only so many of one share are under way on a node.</summary>
    Guid Share { get; }
}
