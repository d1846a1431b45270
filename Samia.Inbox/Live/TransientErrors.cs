using Npgsql;

namespace Samia.Inbox.Live;

internal static class TransientErrors
{
    /// <summary>
    /// A deadlock or serialization failure (SQLSTATE class 40): Postgres has rolled the transaction back for certain.
    /// A lost connection is not among them, because its commit may have happened.
    /// </summary>
    public static bool MayRunAgain(Exception exception) =>
        (exception as PostgresException ?? exception.InnerException as PostgresException)?.SqlState
            .StartsWith("40", StringComparison.Ordinal) == true;
}
