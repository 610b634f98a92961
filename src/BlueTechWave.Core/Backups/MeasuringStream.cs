using System.Security.Cryptography;

namespace BlueTechWave.Core.Backups;

/// <summary>Passes on what is written to it, and knows how much that was and its hash.</summary>
/// <param name="tail">So many bytes at the end are left out of the hash: they are where it will stand.</param>
internal sealed class MeasuringStream(Stream to, int tail = 0) : Stream
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private byte[] _held = [];

    public long Written { get; private set; }

    /// <summary>SHA-256 in hexadecimal; asked for once, at the end.</summary>
    public string Hash() => Convert.ToHexStringLower(_hash.GetHashAndReset());

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => Written;
        set => throw new NotSupportedException();
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        Measure(buffer);
        to.Write(buffer);
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Measure(buffer.Span);
        return to.WriteAsync(buffer, cancellationToken);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush() => to.Flush();

    public override Task FlushAsync(CancellationToken cancellationToken) => to.FlushAsync(cancellationToken);

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) _hash.Dispose();
        base.Dispose(disposing);
    }

    private void Measure(ReadOnlySpan<byte> bytes)
    {
        Written += bytes.Length;
        if (tail == 0)
        {
            _hash.AppendData(bytes);
            return;
        }

        if (bytes.Length < tail)
        {
            byte[] all = [.. _held, .. bytes];
            var known = Math.Max(0, all.Length - tail);
            _hash.AppendData(all.AsSpan(0, known));
            _held = all[known..];
            return;
        }

        _hash.AppendData(_held);
        _hash.AppendData(bytes[..^tail]);
        _held = bytes[^tail..].ToArray();
    }
}
