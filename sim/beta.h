/* The distribution function of a beta, for a table that asks it thousands of times with the same
 * two parameters: GSL's gsl_cdf_beta_P works out the logarithm of the beta function each time.
 */
#ifndef CELSIM_SIM_BETA_H
#define CELSIM_SIM_BETA_H

/* The share below x of a beta with the shapes a and b, each 1 to 5 (PERT); log_beta is the
 * logarithm of the beta function of the two. */
double beta_share_below(double x, double a, double b, double log_beta);

#endif
