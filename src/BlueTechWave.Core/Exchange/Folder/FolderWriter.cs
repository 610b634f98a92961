using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace BlueTechWave.Core.Exchange.Folder;

/// <summary>Puts files into a new folder, and keeps the list of them with the SHA-256 of each, as <c>sha256sum -c</c> reads it.</summary>
internal sealed class FolderWriter : IAsyncDisposable
{
    public const string ListName = "SHA256SUMS";
    public const string ManifestName = "manifest.json";

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private readonly string _root;
    private readonly StreamWriter _list;
    private int _files;

    public FolderWriter(string root)
    {
        _root = Directory.CreateDirectory(root).FullName;
        _list = new(Path.Combine(_root, ListName), append: false, Utf8) { NewLine = "\n" };
    }

    public Task PutAsync(string path, string text) => PutAsync(path, stream => stream.WriteAsync(Utf8.GetBytes(text)).AsTask());

    public async Task PutAsync(string path, Func<Stream, Task> write)
    {
        await using var file = Open(path);
        await write(file.Bytes);
    }

    /// <summary>A file that grows line by line, and is listed once it is disposed of.</summary>
    public OpenFile Open(string path)
    {
        var place = Path.Combine(_root, path.Replace('/', Path.DirectorySeparatorChar));
        Directory.CreateDirectory(Path.GetDirectoryName(place)!);
        var hash = SHA256.Create();
        return new(new CryptoStream(new FileStream(place, FileMode.CreateNew, FileAccess.Write), hash, CryptoStreamMode.Write), hash, told => ListAsync(path, told));
    }

    /// <summary>The last act: now it is whole.</summary>
    public async Task CloseAsync(Func<int, string, Manifest> manifest)
    {
        await _list.DisposeAsync();
        string sums;
        await using (var list = File.OpenRead(Path.Combine(_root, ListName))) sums = Convert.ToHexStringLower(await SHA256.HashDataAsync(list));
        var part = Path.Combine(_root, ManifestName + ".part");
        await File.WriteAllTextAsync(part, FrontMatter.Line(manifest(_files, sums)) + "\n", Utf8);
        File.Move(part, Path.Combine(_root, ManifestName));
    }

    public ValueTask DisposeAsync() => _list.DisposeAsync();

    private async Task ListAsync(string path, byte[] hash)
    {
        await _list.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{Convert.ToHexStringLower(hash)}  {path}"));
        _files++;
    }

    internal sealed class OpenFile(CryptoStream bytes, SHA256 hash, Func<byte[], Task> done) : IAsyncDisposable
    {
        public Stream Bytes => bytes;

        public Task LineAsync<T>(T value) => bytes.WriteAsync(Utf8.GetBytes(FrontMatter.Line(value) + "\n")).AsTask();

        public async ValueTask DisposeAsync()
        {
            await bytes.DisposeAsync();
            await done(hash.Hash!);
            hash.Dispose();
        }
    }
}
