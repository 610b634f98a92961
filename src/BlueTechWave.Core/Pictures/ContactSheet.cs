using System.Buffers.Binary;
using System.Text;

namespace BlueTechWave.Core.Pictures;

/// <summary>
/// All renditions of one picture in one file: put into the store whole or not at all, and a picture is three files there,
/// not thirty. An index first, then the files one after the other; numbers are little-endian.
/// </summary>
public sealed class ContactSheet
{
    private const int MostFiles = 200;
    private const int HeadLength = 12;
    private const string Unreadable = "This is no sheet of renditions.";
    private static readonly byte[] Mark = "BTW1"u8.ToArray();

    private readonly Dictionary<string, (long Offset, int Length)> _files;

    private readonly long _start;

    private ContactSheet(Dictionary<string, (long Offset, int Length)> files, long start) => (_files, _start) = (files, start);

    public IReadOnlyCollection<string> Names => _files.Keys;

    /// <summary>The name of a key's sheet in the store.</summary>
    public static string NameOf(string key) => $"{key}.sheet";

    public static byte[] Write(IReadOnlyList<(string Name, byte[] Bytes)> files)
    {
        using var sheet = new MemoryStream();
        using var writer = new BinaryWriter(sheet, Encoding.ASCII);
        writer.Write(Mark);
        writer.Write(files.Count);
        writer.Write(files.Sum(f => 1 + f.Name.Length + 4));
        foreach (var (name, bytes) in files)
        {
            writer.Write(name);
            writer.Write(bytes.Length);
        }

        foreach (var (_, bytes) in files) writer.Write(bytes);
        return sheet.ToArray();
    }

    /// <summary>Reads the index; the stream then stands at the first file.</summary>
    /// <exception cref="InvalidDataException">It is no sheet.</exception>
    public static async Task<ContactSheet> ReadAsync(Stream stream, CancellationToken cancellation = default)
    {
        var head = new byte[HeadLength];
        await stream.ReadExactlyAsync(head, cancellation);
        var (count, length) = Head(head);
        var index = new byte[length];
        await stream.ReadExactlyAsync(index, cancellation);
        return Parse(index, count);
    }

    /// <summary>All files of a sheet that is in memory.</summary>
    /// <exception cref="InvalidDataException">It is no sheet.</exception>
    public static Dictionary<string, byte[]> Read(byte[] sheet)
    {
        if (sheet.Length < HeadLength) throw new InvalidDataException(Unreadable);
        var (count, length) = Head(sheet);
        if (sheet.Length < HeadLength + length) throw new InvalidDataException(Unreadable);
        return Parse(sheet.AsSpan(HeadLength, length), count)._files.ToDictionary(f => f.Key, f => sheet.AsSpan((int)f.Value.Offset, f.Value.Length).ToArray());
    }

    private static (int Count, int Length) Head(ReadOnlySpan<byte> head)
    {
        var (count, length) = (BinaryPrimitives.ReadInt32LittleEndian(head[4..]), BinaryPrimitives.ReadInt32LittleEndian(head[8..]));
        if (!head[..4].SequenceEqual(Mark) || count is < 0 or > MostFiles || length is < 0 or > MostFiles * 132) throw new InvalidDataException(Unreadable);
        return (count, length);
    }

    private static ContactSheet Parse(ReadOnlySpan<byte> index, int count)
    {
        var start = HeadLength + index.Length;
        long at = start;
        var files = new Dictionary<string, (long, int)>(count);
        for (var i = 0; i < count; i++)
        {
            if (index.Length < 1 || index.Length < 1 + index[0] + 4) throw new InvalidDataException(Unreadable);
            var name = Encoding.ASCII.GetString(index.Slice(1, index[0]));
            var length = BinaryPrimitives.ReadInt32LittleEndian(index[(1 + index[0])..]);
            files[name] = (at, length);
            at += length;
            index = index[(1 + index[0] + 4)..];
        }

        return new(files, start);
    }

    /// <summary>Where a file stands in the sheet, in bytes; null if it has none of that name.</summary>
    public (long Offset, int Length)? Find(string name) => _files.TryGetValue(name, out var place) ? place : null;

    /// <summary>One file of a sheet in the store; null if there is no such sheet, or no such file on it.</summary>
    public static async Task<byte[]?> FileAsync(IPictureStore store, string sheet, string name, CancellationToken cancellation = default)
    {
        await using var stream = await store.OpenAsync(sheet, cancellation);
        if (stream is null) return null;
        var index = await ReadAsync(stream, cancellation);
        if (index.Find(name) is not var (offset, length)) return null;
        await SkipAsync(stream, offset - index._start, cancellation);
        var bytes = new byte[length];
        await stream.ReadExactlyAsync(bytes, cancellation);
        return bytes;
    }

    private static async Task SkipAsync(Stream stream, long bytes, CancellationToken cancellation)
    {
        if (stream.CanSeek)
        {
            stream.Position += bytes;
            return;
        }

        var passed = new byte[81_920];
        while (bytes > 0) bytes -= await stream.ReadAtLeastAsync(passed.AsMemory(0, (int)Math.Min(bytes, passed.Length)), 1, cancellationToken: cancellation);
    }
}
