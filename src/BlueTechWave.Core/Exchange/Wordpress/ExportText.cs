using System.Text;
using System.Text.RegularExpressions;

namespace BlueTechWave.Core.Exchange.Wordpress;

/// <summary>
/// Opens an export as text. It says it is UTF-8, and old sites keep single bytes of Windows' Western alphabet in it:
/// those are read as what their writers saw.
/// </summary>
internal static partial class ExportText
{
    private const int HeadLength = 200;

    /// <summary>UTF-8 with single bytes of Windows' Western alphabet in it.</summary>
    public static readonly Encoding Mixed = Encoding.GetEncoding("utf-8", EncoderFallback.ReplacementFallback, new WesternBytes());

    public static StreamReader Open(Stream file)
    {
        var head = new byte[HeadLength];
        var read = file.ReadAtLeast(head, HeadLength, throwOnEndOfStream: false);
        file.Position = 0;
        return new StreamReader(file, Declared(Encoding.Latin1.GetString(head, 0, read)), detectEncodingFromByteOrderMarks: true, bufferSize: 1 << 16);
    }

    private static Encoding Declared(string head) => Declaration().Match(head) is { Success: true } declared
        && declared.Groups[1].Value.ToUpperInvariant() is "ISO-8859-1" or "WINDOWS-1252" or "LATIN1" or "US-ASCII"
            ? Encoding.GetEncoding("us-ascii", EncoderFallback.ReplacementFallback, new WesternBytes())
            : Mixed;

    [GeneratedRegex("""^[^<]*<\?xml[^>]*encoding=["']([\w-]+)["']""")]
    private static partial Regex Declaration();

    private sealed class WesternBytes : DecoderFallback
    {
        public override int MaxCharCount => 4;

        public override DecoderFallbackBuffer CreateFallbackBuffer() => new Buffer();

        private sealed class Buffer : DecoderFallbackBuffer
        {
            // 0x80 to 0x9F; what the alphabet leaves out is shown as missing.
            private const string Typographic = "€\uFFFD‚ƒ„…†‡ˆ‰Š‹Œ\uFFFDŽ\uFFFD\uFFFD‘’“”•–—˜™š›œ\uFFFDžŸ";

            private byte[] _bytes = [];
            private int _at;

            public override int Remaining => _bytes.Length - _at;

            public override bool Fallback(byte[] bytesUnknown, int index)
            {
                (_bytes, _at) = (bytesUnknown, 0);
                return bytesUnknown.Length > 0;
            }

            public override char GetNextChar()
            {
                if (_at >= _bytes.Length) return '\0';
                var one = _bytes[_at++];
                return one is >= 0x80 and < 0xA0 ? Typographic[one - 0x80] : (char)one;
            }

            public override bool MovePrevious()
            {
                if (_at == 0) return false;
                _at--;
                return true;
            }

            public override void Reset() => (_bytes, _at) = ([], 0);
        }
    }
}
