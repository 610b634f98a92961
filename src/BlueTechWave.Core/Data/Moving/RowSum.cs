using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace BlueTechWave.Core.Data.Moving;

/// <summary>
/// How many rows, and the sum of their hashes: equal for the same rows in whatever order they are read, since stores sort
/// texts in ways of their own. Takes no more room for a million rows than for one.
/// </summary>
internal sealed class RowSum
{
    private readonly ArrayBufferWriter<byte> _row = new(1 << 12);
    private readonly ulong[] _sum = new ulong[SHA256.HashSizeInBytes / sizeof(ulong)];

    public long Rows { get; private set; }

    public void Add(object?[] row)
    {
        _row.ResetWrittenCount();
        foreach (var value in row) Add(value);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(_row.WrittenSpan, hash);
        for (var i = 0; i < _sum.Length; i++) _sum[i] += BinaryPrimitives.ReadUInt64LittleEndian(hash[(i * sizeof(ulong))..]);
        Rows++;
    }

    public bool Equals(RowSum other) => Rows == other.Rows && _sum.AsSpan().SequenceEqual(other._sum);

    /// <summary>Each value says what it is and how long: two rows are never written alike.</summary>
    private void Add(object? value)
    {
        switch (value)
        {
            case null: Add('-', []); break;
            case string text: Add('t', Encoding.UTF8.GetBytes(text)); break;
            case byte[] bytes: Add('b', bytes); break;
            case int number: Add('n', number); break;
            case long number: Add('n', number); break;
            case bool truth: Add('y', truth ? 1 : 0); break;
            case double real: Add('r', BitConverter.DoubleToInt64Bits(real)); break;
            case DateTime moment: Add('m', moment.Ticks); break;
            case DateOnly day: Add('d', day.DayNumber); break;
            case Guid guid: Add('g', guid.ToByteArray()); break;
            case string[] texts:
                Add('l', texts.Length);
                foreach (var text in texts) Add(text);
                break;
            default: throw new NotSupportedException($"A {value.GetType()} is no value of a row.");
        }
    }

    private void Add(char kind, long number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
        Add(kind, bytes);
    }

    private void Add(char kind, ReadOnlySpan<byte> bytes)
    {
        var head = _row.GetSpan(1 + sizeof(int));
        head[0] = (byte)kind;
        BinaryPrimitives.WriteInt32LittleEndian(head[1..], bytes.Length);
        _row.Advance(1 + sizeof(int));
        _row.Write(bytes);
    }
}
