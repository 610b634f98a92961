using System.Buffers;
using System.Text;

namespace BlueTechWave.Core.Exchange.Ghost;

/// <summary>One row of a table, as the file has it.</summary>
/// <param name="At">Where it begins in the file.</param>
/// <param name="IsWhole">False where the file ends within it, or where it is larger than anything Ghost keeps.</param>
internal sealed record ExportRow(string Table, byte[] Json, long At, bool IsWhole);

/// <summary>
/// The rows of an export, one in memory at a time: <c>{"db":[{"meta":{…},"data":{"posts":[{…},…],…}}]}</c>, with or without
/// the <c>db</c> around it. Only brackets and quotes are looked at, so that a row that is no JSON spoils no other.
/// </summary>
internal sealed class ExportRows(Stream file)
{
    /// <summary>The one object that stands in no list: which Ghost wrote it.</summary>
    public const string Meta = "meta";

    private const int Most = 64 << 20;
    private const int LongestName = 100;

    private readonly Stack<(bool IsList, string Name)> _open = new();
    private readonly ArrayBufferWriter<byte> _row = new();
    private readonly List<byte> _word = [];
    private string _name = "", _table = "";
    private int _depth;
    private long _at;
    private bool _inString, _isEscaped, _isTooLarge;

    /// <summary>The file ends before everything in it does; known once it has been read.</summary>
    public bool IsCut { get; private set; }

    public IEnumerable<ExportRow> Read()
    {
        var buffer = new byte[1 << 16];
        long before = 0;
        for (int read; (read = file.Read(buffer)) > 0; before += read)
        {
            var from = 0;
            for (var i = 0; i < read; i++)
            {
                if (_inString) i = Spell(buffer, i, read);
                else if (_depth == 0) Open(buffer[i], before + i, i, ref from);
                else if (Nest(buffer[i]))
                {
                    Keep(buffer, from, i + 1);
                    yield return Taken(!_isTooLarge);
                }
            }

            if (_depth > 0) Keep(buffer, from, read);
        }

        IsCut = _depth > 0 || _open.Count > 0;
        if (_depth > 0) yield return Taken(isWhole: false);
    }

    /// <summary>Within quotes: to where they end, as far as it has been read.</summary>
    private int Spell(byte[] buffer, int i, int read)
    {
        if (_isEscaped)
        {
            _isEscaped = false;
            return i;
        }

        var length = buffer.AsSpan(i, read - i).IndexOfAny((byte)'"', (byte)'\\');
        var end = length < 0 ? read : i + length;
        if (_depth == 0 && _word.Count < LongestName) _word.AddRange(buffer.AsSpan(i, Math.Min(end - i, LongestName)));
        if (end == read) return read - 1;
        if (buffer[end] == '"') _inString = false;
        else _isEscaped = true;
        return end;
    }

    /// <summary>Between rows.</summary>
    private void Open(byte sign, long at, int index, ref int from)
    {
        switch (sign)
        {
            case (byte)'"':
                _inString = true;
                _word.Clear();
                break;
            case (byte)':':
                _name = Encoding.UTF8.GetString([.. _word]);
                break;
            case (byte)'{' when Table() is { } table:
                (_table, _depth, _at, from) = (table, 1, at, index);
                break;
            case (byte)'{' or (byte)'[':
                _open.Push((sign == '[', _name));
                _name = "";
                break;
            case (byte)'}' or (byte)']':
                _open.TryPop(out _);
                break;
        }
    }

    private string? Table() => _open.TryPeek(out var list) && list is { IsList: true, Name: not ("" or "db") } ? list.Name : _name == Meta && _open.Count > 0 ? Meta : null;

    /// <returns>Whether the row ends here.</returns>
    private bool Nest(byte sign)
    {
        if (sign == '"') _inString = true;
        else if (sign is (byte)'{' or (byte)'[') _depth++;
        else if (sign is (byte)'}' or (byte)']') _depth--;
        return _depth == 0;
    }

    private void Keep(byte[] buffer, int from, int to)
    {
        _isTooLarge |= _row.WrittenCount > Most;
        if (!_isTooLarge) _row.Write(buffer.AsSpan(from, to - from));
    }

    private ExportRow Taken(bool isWhole)
    {
        var row = new ExportRow(_table, _row.WrittenSpan.ToArray(), _at, isWhole);
        _row.ResetWrittenCount();
        (_depth, _isTooLarge, _name) = (0, false, "");
        return row;
    }
}
