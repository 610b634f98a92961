using BlueTechWave.Core.Pictures;
using Microsoft.Data.Sqlite;
using Npgsql;
using static SQLitePCL.raw;

namespace BlueTechWave.Core.Data;

/// <summary>What may be the matter where a question or a save fails through no fault of ours: it is waited out, not mended.</summary>
public enum StoreTrouble
{
    /// <summary>Gone, shut, or held by somebody else for too long.</summary>
    Away,

    /// <summary>Nothing more goes in.</summary>
    Full,

    /// <summary>All is there but the pictures, whose store is elsewhere.</summary>
    PicturesAway,
}

/// <summary>Tells such trouble from a mistake of ours, which is another kind of failure.</summary>
public static class StoreTroubles
{
    private const int NoSpace = 28;
    private const int OverQuota = 122;
    private const int NoSpaceOnWindows = unchecked((int)0x80070070);

    /// <summary>Null for everything else.</summary>
    public static StoreTrouble? Of(Exception? failure)
    {
        for (var e = failure; e is not null; e = e.InnerException)
        {
            StoreTrouble? found = e switch
            {
                SqliteException sqlite => Of(sqlite.SqliteErrorCode),
                // What a new line begins with is written first; where that cannot be, PostgreSQL calls it an error of its own.
                PostgresException { InvariantSeverity: "FATAL", SqlState: PostgresErrorCodes.InternalError } => StoreTrouble.Full,
                PostgresException postgres => Of(postgres.SqlState),
                // Whatever else its driver says is about the way there.
                NpgsqlException or TimeoutException => StoreTrouble.Away,
                PictureStoreAwayException => StoreTrouble.PicturesAway,
                IOException { HResult: NoSpace or OverQuota or NoSpaceOnWindows } => StoreTrouble.Full,
                _ => null,
            };
            if (found is not null) return found;
        }

        return null;
    }

    private static StoreTrouble? Of(int code) => code switch
    {
        SQLITE_FULL => StoreTrouble.Full,
        SQLITE_BUSY or SQLITE_LOCKED or SQLITE_READONLY or SQLITE_IOERR or SQLITE_CORRUPT or SQLITE_CANTOPEN or SQLITE_NOTADB => StoreTrouble.Away,
        _ => null,
    };

    // By class: lost connection, no such database, read only, too little of something, lock not had, stopped by somebody, the disk.
    private static StoreTrouble? Of(string state) => state switch
    {
        PostgresErrorCodes.DiskFull => StoreTrouble.Full,
        PostgresErrorCodes.InvalidCatalogName or PostgresErrorCodes.ReadOnlySqlTransaction or PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.ObjectNotInPrerequisiteState => StoreTrouble.Away,
        ['0', '8', ..] or ['5', '3', ..] or ['5', '7', ..] or ['5', '8', ..] => StoreTrouble.Away,
        _ => null,
    };
}
