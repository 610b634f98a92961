using BlueTechWave.Core.Data.Moving;
using BlueTechWave.Core.Pictures;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Core.Data;

/// <summary>
/// Where a store is, for those who handle it whole: copy it while it is written to, load another beside it, let them change
/// places. A state that was replaced is kept, with its moment in its name.
/// </summary>
public abstract class StorePlace
{
    /// <summary>How long a state that was replaced is kept: as long as what is in the trash.</summary>
    public static readonly TimeSpan FormerKeptFor = TimeSpan.FromDays(30);

    protected const string FormerForm = "yyyyMMdd-HHmmss";

    public static StorePlace Of(string provider, string connection) => provider == "Sqlite" ? new SqlitePlace(connection) : new PostgresPlace(connection);

    /// <summary>As the setting calls it.</summary>
    public abstract string Provider { get; }

    public abstract NewsDbContext Open();

    /// <summary>The migrations it has; none if there is no store yet.</summary>
    public abstract Task<IReadOnlyList<string>> AppliedAsync(CancellationToken cancellation = default);

    /// <summary>How much room it takes, in bytes.</summary>
    public abstract Task<long> LengthAsync(CancellationToken cancellation = default);

    /// <summary>Brings it up to date, wholly or not at all.</summary>
    /// <exception cref="UpgradeFailedException">It is as it was.</exception>
    public abstract Task<UpgradeReport> UpgradeAsync(IReadOnlyList<string> pending, DateTime now, CancellationToken cancellation = default);

    /// <summary>The store as it is now, whatever is saved while it is read.</summary>
    public abstract Task<StoreSnapshot> SnapshotAsync(CancellationToken cancellation = default);

    /// <summary>Room for another store beside this one.</summary>
    public abstract Task<ScratchStore> ScratchAsync(CancellationToken cancellation = default);

    /// <summary>Says that somebody serves this store (any number may), or that somebody is about to replace it (alone). Null if that cannot be now.</summary>
    public abstract Task<StoreHold?> HoldAsync(bool alone, CancellationToken cancellation = default);

    /// <summary>Says that somebody moves in to this store: one at a time, on whichever machine. It ends with the process, however that ends.</summary>
    /// <returns>Null while another does.</returns>
    public abstract Task<IAsyncDisposable?> HoldImportAsync(CancellationToken cancellation = default);

    /// <summary>Hears from now on what others who serve this store save. Null where one process serves it alone.</summary>
    /// <param name="me">Does not hear itself: <see cref="NewsDbContext.TellOthersAsync"/>.</param>
    public virtual Task<Newswire?> ListenAsync(string me, CancellationToken cancellation = default) => Task.FromResult<Newswire?>(null);

    /// <summary>States that were replaced, the newest first.</summary>
    public abstract Task<IReadOnlyList<FormerStore>> FormersAsync(CancellationToken cancellation = default);

    /// <summary>Lets a former state and the present one change places.</summary>
    /// <returns>What the present one is called now.</returns>
    public abstract Task<string?> TakeBackAsync(FormerStore former, DateTime now);

    /// <summary>Removes a former state for good.</summary>
    public abstract Task ForgetAsync(FormerStore former);

    /// <summary>A copy for one long trial, where to try it in the store itself would make others wait; null where nobody would.</summary>
    /// <exception cref="StoreBrokenException">There is no room for it.</exception>
    public virtual Task<ScratchStore?> AsideAsync(CancellationToken cancellation = default) => Task.FromResult<ScratchStore?>(null);

    /// <summary>A whole copy of the store, to try something on.</summary>
    public async Task<ScratchStore> CopyAsync(CancellationToken cancellation = default)
    {
        await using var snapshot = await SnapshotAsync(cancellation);
        var scratch = await ScratchAsync(cancellation);
        try
        {
            await scratch.PrepareAsync(snapshot.Migration, cancellation);
            foreach (var part in snapshot.Parts) await PassAsync(snapshot, scratch, part, cancellation);
            await scratch.FinishAsync(snapshot.Sequences, cancellation);
            return scratch;
        }
        catch
        {
            await scratch.DisposeAsync();
            throw;
        }
    }

    private static async Task PassAsync(StoreSnapshot snapshot, ScratchStore scratch, StorePart part, CancellationToken cancellation)
    {
        var pipe = new System.IO.Pipelines.Pipe();
        var written = WriteAsync();
        await using (var from = pipe.Reader.AsStream()) await scratch.LoadAsync(part, from, cancellation);
        await written;

        async Task WriteAsync()
        {
            Exception? failed = null;
            try
            {
                await using var to = pipe.Writer.AsStream(leaveOpen: true);
                await snapshot.WriteAsync(part, to, cancellation);
            }
            catch (Exception e)
            {
                failed = e;
            }

            await pipe.Writer.CompleteAsync(failed);
        }
    }
}

/// <summary>A state that was replaced.</summary>
public sealed record FormerStore(string Name, DateTime At);

/// <summary>One piece of a store's copy: a file, or the rows of a table.</summary>
/// <param name="Columns">Of a table, in the order its rows have them.</param>
public sealed record StorePart(string Name, IReadOnlyList<string>? Columns = null);

/// <summary>As long as it is not disposed of, somebody serves this store, or nobody does.</summary>
public sealed class StoreHold(IAsyncDisposable held, Func<Task<bool>> leads) : IAsyncDisposable
{
    /// <summary>Whether this is the one, among all who serve the store, that does what only one should.</summary>
    public Task<bool> LeadsAsync() => leads();

    public ValueTask DisposeAsync() => held.DisposeAsync();
}

/// <summary>A store as it was at one moment.</summary>
public abstract class StoreSnapshot : IAsyncDisposable
{
    public string Migration { get; protected set; } = "";

    /// <summary>How many rows each table has.</summary>
    public IReadOnlyDictionary<string, long> Tables { get; protected set; } = new Dictionary<string, long>();

    public IReadOnlyDictionary<string, long> Sequences { get; protected set; } = new Dictionary<string, long>();

    public IReadOnlyList<StorePart> Parts { get; protected set; } = [];

    public abstract Task WriteAsync(StorePart part, Stream to, CancellationToken cancellation = default);

    /// <summary>What the rows of pictures may have in the store of pictures; cards are drawn anew when they are asked for.</summary>
    public async Task<List<string>> PictureFilesAsync(CancellationToken cancellation = default)
    {
        var files = new SortedSet<string>(StringComparer.Ordinal);
        await foreach (var (hash, key, kind) in PicturesAsync(cancellation))
        {
            files.Add($"{hash}-original.{((PictureKind)kind).Ending()}");
            files.Add(Developed.DeskOf(hash));
            files.Add(ContactSheet.NameOf(key));
        }

        return [.. files.Where(StoredName.IsWellFormed)];
    }

    public abstract ValueTask DisposeAsync();

    protected abstract IAsyncEnumerable<(string Hash, string Key, int Kind)> PicturesAsync(CancellationToken cancellation);
}

/// <summary>A store that is being loaded beside the one in use. Gone when disposed of, unless it has taken the other's place.</summary>
public abstract class ScratchStore : IAsyncDisposable
{
    /// <summary>How to open it.</summary>
    public abstract string Connection { get; }

    public abstract NewsDbContext Open();

    /// <summary>Makes what <see cref="LoadAsync"/> fills.</summary>
    public abstract Task PrepareAsync(string migration, CancellationToken cancellation = default);

    public abstract Task LoadAsync(StorePart part, Stream bytes, CancellationToken cancellation = default);

    /// <summary>Makes all tables of today, with no row in them, to be filled through what is returned until <see cref="FinishAsync"/>.</summary>
    internal abstract Task<StoreRows> MakeAsync(CancellationToken cancellation);

    /// <summary>All is loaded: makes sure that it fits together.</summary>
    public abstract Task FinishAsync(IReadOnlyDictionary<string, long> sequences, CancellationToken cancellation = default);

    public abstract Task<IReadOnlyDictionary<string, long>> CountAsync(CancellationToken cancellation = default);

    /// <summary>Brings it up to date, with what is derived, and looks whether it still fits together.</summary>
    /// <exception cref="UpgradeFailedException">One of the migrations does not work on what is there.</exception>
    public async Task MigrateAsync(IEnumerable<string> pending, CancellationToken cancellation = default)
    {
        await using (var db = Open())
        {
            db.Database.SetCommandTimeout(0);
            await Upgrade.ApplyAsync(db, pending, cancellation);
            await StoreCheck.MendAsync(db, cancellation: cancellation);
        }

        await VerifyAsync(cancellation);
    }

    /// <returns>What the state that was replaced is called now; null if there was none.</returns>
    public abstract Task<string?> SwapInAsync(DateTime now);

    public abstract ValueTask DisposeAsync();

    protected abstract Task VerifyAsync(CancellationToken cancellation);
}

/// <summary>The store is not what it should be.</summary>
public sealed class StoreBrokenException(string message) : Exception(message);
