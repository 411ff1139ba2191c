// How many books a law is tried on, and from which seed: each book can be drawn again.
using System.Globalization;
using CsCheck;
using Xunit;

namespace Recon.Tests.Laws;

/// <summary>
/// Draws books one after the other from a seed: book k of seed S is the same on every machine. <c>RECON_LAW_SEED</c> sets the
/// seed (unsigned, 64 bits), <c>RECON_LAW_BOOKS</c> the number of books of each law; a campaign sets both.
/// </summary>
static class Law
{
    const int BooksOfATest = 2000;

    internal static int Books { get; set; } = Setting("RECON_LAW_BOOKS") is { } books ? int.Parse(books, CultureInfo.InvariantCulture) : BooksOfATest;

    internal static ulong Seed { get; set; } = Setting("RECON_LAW_SEED") is { } seed
        ? ulong.Parse(seed, CultureInfo.InvariantCulture) : (ulong)Random.Shared.NextInt64();

    /// <summary>The books that laws were tried on since it was last set.</summary>
    internal static int Tried { get; set; }

    /// <summary>Tries the law on <see cref="Books"/> books, several at a time.</summary>
    /// <param name="oneIn">For laws that cost more: one book in so many.</param>
    /// <exception cref="CsCheckException">It does not hold; tells the smallest book found, and seeds that give it again.</exception>
    internal static void Holds<T>(this Gen<T> books, Action<T> law, int oneIn = 1, Func<T, string>? print = null)
    {
        var count = Books / oneIn;
        Tried += count;
        TestContext.Current.TestOutputHelper?.WriteLine($"{count} books, RECON_LAW_SEED={Seed}");
        var failed = Parallel.For(0, count, (book, others) =>
        {
            if (!IsHeld(books, law, (uint)book))
            {
                others.Break();
            }
        }).LowestBreakIteration;
        if (failed is { } first)
        {
            books.Sample(law, seed: new PCG((uint)first, Seed).ToString(), iter: Shrinks, print: print);
            Assert.Fail($"book {first} of RECON_LAW_SEED={Seed} failed once and not again");
        }
    }

    internal static void Holds<T1, T2>(this Gen<(T1, T2)> books, Action<T1, T2> law, int oneIn = 1) =>
        books.Holds(each => law(each.Item1, each.Item2), oneIn);

    internal static void Holds<T1, T2, T3>(this Gen<(T1, T2, T3)> books, Action<T1, T2, T3> law, int oneIn = 1) =>
        books.Holds(each => law(each.Item1, each.Item2, each.Item3), oneIn);

    internal static void Holds<T1, T2, T3, T4>(this Gen<(T1, T2, T3, T4)> books, Action<T1, T2, T3, T4> law, int oneIn = 1) =>
        books.Holds(each => law(each.Item1, each.Item2, each.Item3, each.Item4), oneIn);

    static bool IsHeld<T>(Gen<T> books, Action<T> law, uint book)
    {
        try
        {
            law(books.Generate(new PCG(book, Seed), null, out _));
            return true;
        }
        catch (Exception)
        {
            return false;
        }
    }

    // Smaller books that fail too are looked for in so many.
    const int Shrinks = 2000;

    static string? Setting(string name) => Environment.GetEnvironmentVariable(name);
}
