using BlueTechWave.Core.Pictures;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace BlueTechWave.Core.Tests.Pictures;

public class StoredNameTests
{
    private static readonly Arbitrary<string> Names = Gen.OneOf(
            Gen.Elements("..", ".", "/", "\\", "a", "b0", "-", "A", "\0", "\n", "é", "C:", "~", ".incoming", "jpg", "3fa9", "%2e", " ", "٣", "ſ").ListOf().Select(string.Concat),
            ArbMap.Default.GeneratorFor<string>().Select(text => text ?? ""))
        .ToArbitrary();

    public static TheoryData<string> Hostile =>
    [
        "", "a", "abcd", "../../etc/passwd", "..", ".....", "ab..jpg", "a...b", "abcde..", "abcde.", ".abcde", "-abcde", "/etc/passwd", "ab/cd.jpg", @"ab\cd.jpg", "C:abcde", "c:/abcde",
        "abcde\0.jpg", "abcde\n", "abcde.jpg\n", "\nabcde", "abc de", "abcde%2f", "ABCDE.jpg", "abcdE", "abcdé", "abcd\u0660", "abcd\uFF11", "~abcde", "abcde:ads", new string('a', 201), new string('a', 100_000),
    ];

    [Theory]
    [InlineData("a.jpg")]
    [InlineData("3fa9c0d1-1280.avif")]
    [InlineData("ab.c.jpg")]
    [InlineData("0----")]
    public void A_plain_name_is_well_formed(string name) => Assert.True(StoredName.IsWellFormed(name));

    [Fact]
    public void A_name_may_be_as_long_as_two_hundred() => Assert.True(StoredName.IsWellFormed(new('a', 200)));

    [Theory]
    [MemberData(nameof(Hostile))]
    public void A_hostile_name_is_not(string name) => Assert.False(StoredName.IsWellFormed(name));

    [Fact]
    public void Whatever_a_name_is_it_is_refused_or_lies_within_the_store()
    {
        var around = Directory.CreateTempSubdirectory("btw-names-").FullName;
        var store = new DiskPictureStore(Path.Combine(around, "store"));
        try
        {
            Prop.ForAll(Names, name =>
            {
                if (!StoredName.IsWellFormed(name)) Assert.ThrowsAsync<ArgumentException>(() => store.PutAsync(name, new MemoryStream([1]), "")).GetAwaiter().GetResult();
                else store.PutAsync(name, new MemoryStream([1]), "").GetAwaiter().GetResult();

                Assert.Equal(StoredName.IsWellFormed(name) ? [name] : [], store.ListAsync().Select(f => f.Name).ToListAsync().AsTask().GetAwaiter().GetResult());
                Assert.Equal([Path.Combine(around, "store")], Directory.GetFileSystemEntries(around).DefaultIfEmpty(Path.Combine(around, "store")));
                if (StoredName.IsWellFormed(name)) store.DeleteAsync(name).GetAwaiter().GetResult();
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
        }
        finally
        {
            Directory.Delete(around, recursive: true);
        }
    }
}
