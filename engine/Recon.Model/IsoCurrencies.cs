// How many decimals each currency of ISO 4217 has.
namespace Recon.Model;

/// <summary>
/// Minor units of the currencies in ISO 4217. Source: npm package currency-codes 2.2.0 (MIT), which follows
/// list one of the standard's maintenance agency.
/// </summary>
public static class IsoCurrencies
{
    static readonly Dictionary<string, int> MinorUnitsByCode = new(StringComparer.Ordinal);

    static IsoCurrencies()
    {
        Add(0,
            "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XAG XAU XBA XBB XBC XBD " +
            "XDR XOF XPD XPF XPT XSU XTS XUA XXX");
        Add(2,
            "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN " +
            "BWP BYN BZD CAD CDF CHE CHF CHW CNY COP COU CRC CUC CUP CVE CZK DKK DOP DZD EGP ERN " +
            "ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES " +
            "KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK " +
            "MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR " +
            "SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD " +
            "TZS UAH USD USN UYU UZS VED VES WST XCD YER ZAR ZMW ZWG");
        Add(3,
            "BHD IQD JOD KWD LYD OMR TND");
        Add(4,
            "CLF UYW");
    }

    /// <summary>The codes of the standard, in no order.</summary>
    public static IReadOnlyCollection<string> Codes => MinorUnitsByCode.Keys;

    /// <summary>Digits behind the point that the standard gives the currency; null where it does not know it.</summary>
    public static int? MinorUnits(Currency currency) =>
        MinorUnitsByCode.TryGetValue(currency.Code, out var digits) ? digits : null;

    static void Add(int digits, string codes)
    {
        foreach (var code in codes.Split(' '))
        {
            MinorUnitsByCode.Add(code, digits);
        }
    }
}
