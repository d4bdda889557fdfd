#include "sim/beta.h"

#include <float.h>
#include <math.h>

#define ROUNDS_AT_MOST 512

/* The continued fraction of the incomplete beta function (Abramowitz and Stegun 26.5.8) by Lentz's
 * method, in the order of GSL, so that the bits are the same; until a round changes it by less than
 * `least`, or not. */
static double fraction(double a, double b, double x, double least)
{
    double numerator = 1, denominator = 1 / (1 - (a + b) * x / (a + 1)), value = denominator;
    for (int k = 1; k <= ROUNDS_AT_MOST; k++) {
        double even = k * (b - k) * x / (((a - 1) + 2 * k) * (a + 2 * k));
        denominator = 1 / (1 + even * denominator);
        numerator = 1 + even / numerator;
        value *= denominator * numerator;
        double odd = -(a + k) * (a + b + k) * x / ((a + 2 * k) * (a + 2 * k + 1));
        denominator = 1 / (1 + odd * denominator);
        numerator = 1 + odd / numerator;
        double factor = denominator * numerator;
        value *= factor;
        if (fabs(factor - 1) < 2 * DBL_EPSILON || value * fabs(factor - 1) < least)
            break;
    }
    return value;
}

double beta_share_below(double x, double a, double b, double log_beta)
{
    if (x <= 0)
        return 0;
    if (x >= 1)
        return 1;
    double front = exp(-log_beta + a * log(x) + b * log1p(-x));
    if (x < (a + 1) / (a + b + 2)) /* where the fraction closes quickly */
        return front * fraction(a, b, x, 0) / a;
    double least = 1 / (front / b) * DBL_EPSILON;
    return 1 - front * fraction(b, a, 1 - x, least) / b;
}
