// By what exposure is told apart.
using System.Globalization;

namespace Recon.Model.Rules;

/// <summary>What exposure may be told apart by, beside the currency; the order of its lines.</summary>
public enum ExposureDimension
{
    Source,
    Class,
    Counterparty,
    Age,
}

/// <summary>How exposure adds up.</summary>
/// <param name="By">In the order of <see cref="ExposureDimension"/>.</param>
/// <param name="Ages">The last day of each bucket, ascending; what is older is in one more.</param>
public sealed record ExposureSpec(IReadOnlyList<ExposureDimension> By, IReadOnlyList<int> Ages)
{
    /// <summary>What holds where a pack says nothing.</summary>
    public static ExposureSpec Usual { get; } = new(
        [ExposureDimension.Source, ExposureDimension.Class, ExposureDimension.Age], [1, 7, 30, 90]);

    public bool IsUsual => By.SequenceEqual(Usual.By) && Ages.SequenceEqual(Usual.Ages);

    /// <summary>The number of the bucket, from 0, of something so many days old; what lies ahead is in the first.</summary>
    public int BucketOf(int days)
    {
        var bucket = 0;
        while (bucket < Ages.Count && days > Ages[bucket])
        {
            bucket++;
        }

        return bucket;
    }

    /// <summary><c>0-1</c>, <c>2-7</c>, <c>91+</c>; a bucket of one day is that day.</summary>
    public string BucketName(int bucket)
    {
        var first = bucket == 0 ? 0 : Ages[bucket - 1] + 1;
        return bucket == Ages.Count ? string.Create(CultureInfo.InvariantCulture, $"{first}+")
            : first == Ages[bucket] ? first.ToString(CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{first}-{Ages[bucket]}");
    }
}
