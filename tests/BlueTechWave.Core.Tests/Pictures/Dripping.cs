namespace BlueTechWave.Core.Tests.Pictures;

/// <summary>A stream as a network gives it: a little at a time, its length unknown; it may break off.</summary>
internal sealed class Dripping(byte[] bytes, int breaksAt = int.MaxValue) : Stream
{
    private int _given;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        if (_given >= breaksAt) throw new IOException("The line went dead.");
        var drop = Math.Min(Math.Min(count, 7_001), bytes.Length - _given);
        bytes.AsSpan(_given, drop).CopyTo(buffer.AsSpan(offset));
        _given += drop;
        return drop;
    }

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
