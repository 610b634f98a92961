using System.Buffers.Binary;
using System.IO.Compression;
using BlueTechWave.Core.Exchange;
using Xunit;

namespace BlueTechWave.Core.Tests.Exchange;

/// <summary>The old site's files in one ZIP, packed by anybody, in any way.</summary>
public sealed class UploadsZipTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("btw-zip-").FullName;

    [Theory]
    [InlineData("2020/03/mast.jpg")]
    [InlineData("uploads/2020/03/mast.jpg")]
    [InlineData("paper/wp-content/uploads/2020/03/mast.jpg")]
    [InlineData("content/images/2020/03/mast.jpg")]
    [InlineData("paper.example/images/2020/03/mast.jpg")]
    [InlineData("my-media\\2020\\03\\mast.jpg")]
    public async Task A_file_is_found_whichever_folder_was_packed(string name)
    {
        using var zip = new UploadsZip(Pack((name, "A mast")));

        var file = zip.Find("2020/03/mast-300x200.jpg");

        Assert.Equal(6, file!.Length);
        Assert.Equal("A mast"u8.ToArray(), await file.Read());
        Assert.Null(zip.Find("2020/03/quay.jpg"));
        Assert.Empty(zip.Notes);
    }

    [Fact]
    public async Task What_leads_out_of_it_is_not_read_and_is_told()
    {
        using var zip = new UploadsZip(Pack(("../../etc/mast.jpg", "x"), ("/etc/mast.jpg", "x"), ("C:/mast.jpg", "x"), ("2020/03/mast.jpg", "A mast")));

        Assert.Equal(["../../etc/mast.jpg", "/etc/mast.jpg", "C:/mast.jpg"], zip.Notes.Select(n => n.Split(": ", 2)[1]));
        Assert.Null(zip.Find("../../etc/mast.jpg"));
        Assert.Equal("A mast"u8.ToArray(), await zip.Find("2020/03/mast.jpg")!.Read());
    }

    /// <summary>The list at the end says 1,000 bytes, and a megabyte comes.</summary>
    [Fact]
    public async Task A_file_that_is_longer_than_it_says_is_read_no_further()
    {
        var file = Pack(("2020/03/mast.jpg", new string('a', 1 << 20)));
        var bytes = await File.ReadAllBytesAsync(file.FullName, TestContext.Current.CancellationToken);
        var list = bytes.AsSpan().LastIndexOf("PK\u0001\u0002"u8);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(list + 24), 1000);
        await File.WriteAllBytesAsync(file.FullName, bytes, TestContext.Current.CancellationToken);
        using var zip = new UploadsZip(file);

        Assert.Equal(1000, (await zip.Find("2020/03/mast.jpg")!.Read()).Length);
    }

    [Fact]
    public void What_is_no_zip_is_refused()
    {
        var file = new FileInfo(Path.Combine(_folder, "no.zip"));
        File.WriteAllText(file.FullName, "no zip");

        Assert.Throws<InvalidDataException>(() => new UploadsZip(file));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private FileInfo Pack(params (string Name, string Text)[] files)
    {
        var file = new FileInfo(Path.Combine(_folder, "uploads.zip"));
        using var zip = ZipFile.Open(file.FullName, ZipArchiveMode.Create);
        foreach (var (name, text) in files)
        {
            using var entry = new StreamWriter(zip.CreateEntry(name).Open());
            entry.Write(text);
        }

        return file;
    }
}
